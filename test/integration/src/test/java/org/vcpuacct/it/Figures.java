package org.vcpuacct.it;

import java.util.Locale;

/** Shows what was measured, whether or not a test fails: one line each on standard output. */
final class Figures {

  private Figures() {}

  /** Shows a line; the format is that of {@link String#format}. */
  static void show(String format, Object... values) {
    System.out.println("figure: " + String.format(Locale.ROOT, format, values));
  }
}
