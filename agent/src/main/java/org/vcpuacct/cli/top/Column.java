package org.vcpuacct.cli.top;

import java.util.function.Function;
import org.jline.utils.AttributedString;

/**
 * A column of a table on the screen.
 *
 * @param heading what stands above it; two lines of it are apart by a line feed
 * @param width in columns of the screen
 * @param figure whether its cells stand to the right
 * @param cell what a row shows in it; cut if it is wider
 */
record Column(
    String heading, int width, boolean figure, Function<Rows.Row, AttributedString> cell) {

  /** Blank columns of the screen between two columns of a table. */
  static final int GAP = 1;

  /** How many lines a heading has at most. */
  static final int HEADING_LINES = 2;

  /** A column of words. */
  static Column words(String heading, int width, Function<Rows.Row, String> cell) {
    return new Column(
        heading, width, false, row -> new AttributedString(Text.left(cell.apply(row), width)));
  }

  /** A column of figures. */
  static Column figures(String heading, int width, Function<Rows.Row, String> cell) {
    return new Column(
        heading, width, true, row -> new AttributedString(Text.right(cell.apply(row), width)));
  }

  /** One of the two lines of the heading, 0 or 1; a heading of one line is the lower one. */
  String heading(int line) {
    int feed = heading.indexOf('\n');
    String upper = feed < 0 ? "" : heading.substring(0, feed);
    String text = line == 0 ? upper : heading.substring(feed + 1);
    return figure ? Text.right(text, width) : Text.left(text, width);
  }
}
