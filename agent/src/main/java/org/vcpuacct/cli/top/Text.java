package org.vcpuacct.cli.top;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** How names and figures are written into the columns of a screen. */
final class Text {

  /** Stands where there is no figure: absent is not zero. */
  static final String ABSENT = "-";

  /** Stands where a text was cut off. */
  private static final String CUT = "+";

  private static final double PERCENT = 100;
  private static final double KILO = 1e3;
  private static final double MEGA = 1e6;
  private static final double LARGEST_NUMBER = 1e5;
  private static final double LARGEST_KILO = 1e8;

  private Text() {}

  /** A text of others without control characters: a guest's name must not write to the terminal. */
  static String clean(String text) {
    return text.codePoints()
        .map(point -> Character.isISOControl(point) ? '?' : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** A text, clean and cut so that it fits into so many columns. */
  static String cut(String text, int columns) {
    AttributedString clean = new AttributedString(clean(text));
    if (clean.columnLength() <= columns) {
      return clean.toString();
    }
    return columns < CUT.length() ? "" : clean.columnSubSequence(0, columns - CUT.length()) + CUT;
  }

  /** A text in so many columns, to the left. */
  static String left(String text, int columns) {
    String cut = cut(text, columns);
    return cut + " ".repeat(columns - width(cut));
  }

  /** A text in so many columns, to the right. */
  static String right(String text, int columns) {
    String cut = cut(text, columns);
    return " ".repeat(columns - width(cut)) + cut;
  }

  /** A styled text, cut to so many columns. */
  static AttributedString cut(AttributedString text, int columns) {
    return text.columnLength() <= columns ? text : text.columnSubSequence(0, columns);
  }

  private static int width(String text) {
    return new AttributedString(text, AttributedStyle.DEFAULT).columnLength();
  }

  /** A share as a percentage, without the sign. */
  static String percent(OptionalDouble share) {
    return share.isEmpty() ? ABSENT : decimal(share.getAsDouble() * PERCENT);
  }

  /** With one decimal. */
  static String decimal(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  static String whole(OptionalDouble number) {
    return number.isEmpty() ? ABSENT : Long.toString(Math.round(number.getAsDouble()));
  }

  static String whole(OptionalLong number) {
    return number.isEmpty() ? ABSENT : Long.toString(number.getAsLong());
  }

  /** A rate in six columns at most: {@code 99999}, {@code 100.0k}, {@code 100.0M}. */
  static String rate(OptionalDouble perSecond) {
    double rate = perSecond.orElse(0);
    if (perSecond.isEmpty() || rate < LARGEST_NUMBER) {
      return whole(perSecond);
    }
    return rate < LARGEST_KILO
        ? String.format(Locale.ROOT, "%.0fk", rate / KILO)
        : String.format(Locale.ROOT, "%.0fM", rate / MEGA);
  }
}
