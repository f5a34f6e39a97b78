package org.vcpuacct.cli;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How figures are written in the cells of a table. */
final class Cells {

  /** Stands where there is no figure: absent is not zero. */
  static final String ABSENT = "-";

  private static final double HUNDREDTHS = 100.0;

  private Cells() {}

  /** A share as a percentage, without the sign. */
  static String percent(OptionalInt hundredthsOfPercent) {
    return hundredthsOfPercent.isEmpty()
        ? ABSENT
        : String.format(Locale.ROOT, "%.1f", hundredthsOfPercent.getAsInt() / HUNDREDTHS);
  }

  static String number(OptionalLong number) {
    return number.isEmpty() ? ABSENT : Long.toString(number.getAsLong());
  }
}
