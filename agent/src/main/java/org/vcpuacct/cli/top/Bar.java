package org.vcpuacct.cli.top;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Where time went, as a bar: each part takes as much of it as of the time. */
final class Bar {

  private Bar() {}

  /**
   * A part.
   *
   * @param share of the time; those of all parts sum to 1
   */
  record Part(char symbol, double share, AttributedStyle style) {}

  /**
   * A bar of exactly so many columns, of the lines of the ledger.
   *
   * @param symbols the character of each line
   */
  static AttributedString of(Usage usage, int columns, Symbols symbols, Palette palette) {
    List<Part> parts = new ArrayList<>();
    usage
        .rollUps()
        .forEach(
            (label, rollUp) ->
                parts.add(
                    new Part(
                        symbols.of(label), usage.share(label).orElseThrow(), palette.bar(rollUp))));
    return of(parts, columns);
  }

  /** A bar of exactly so many columns, if the shares sum to 1. */
  static AttributedString of(List<Part> parts, int columns) {
    AttributedStringBuilder bar = new AttributedStringBuilder(columns);
    int[] widths = widths(parts, columns);
    for (int i = 0; i < widths.length; i++) {
      Part part = parts.get(i);
      bar.styled(part.style(), String.valueOf(part.symbol()).repeat(widths[i]));
    }
    return bar.toAttributedString();
  }

  /** Whole columns for each part; those that rounding leaves go to the largest remainders. */
  private static int[] widths(List<Part> parts, int columns) {
    int[] widths = parts.stream().mapToInt(part -> (int) (part.share() * columns)).toArray();
    int left = Math.max(0, columns - IntStream.of(widths).sum());
    IntStream.range(0, widths.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> widths[i] - parts.get(i).share() * columns))
        .limit(left)
        .forEach(i -> widths[i]++);
    return widths;
  }
}
