package org.vcpuacct.cli.top;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/** Where time went, as a bar: each line of the ledger takes as much of it as of the time. */
final class Bar {

  private Bar() {}

  /**
   * A bar of exactly so many columns.
   *
   * @param symbols the character of each line
   */
  static AttributedString of(Usage usage, int columns, Symbols symbols, Palette palette) {
    AttributedStringBuilder bar = new AttributedStringBuilder(columns);
    Map<String, Integer> widths = widths(usage, columns);
    usage
        .rollUps()
        .forEach(
            (label, rollUp) ->
                bar.styled(
                    palette.bar(rollUp),
                    String.valueOf(symbols.of(label)).repeat(widths.get(label))));
    return bar.toAttributedString();
  }

  /** Whole columns for each line; those that rounding leaves go to the largest remainders. */
  private static Map<String, Integer> widths(Usage usage, int columns) {
    Map<String, Integer> widths = new LinkedHashMap<>();
    Map<String, Double> remainders = new LinkedHashMap<>();
    int left = columns;
    for (String label : usage.rollUps().keySet()) {
      double exact = usage.share(label).orElseThrow() * columns;
      int whole = (int) exact;
      widths.put(label, whole);
      remainders.put(label, exact - whole);
      left -= whole;
    }
    List<String> byRemainder = new ArrayList<>(widths.keySet());
    byRemainder.sort(Comparator.comparingDouble(label -> -remainders.get(label)));
    byRemainder.stream().limit(left).forEach(label -> widths.merge(label, 1, Integer::sum));
    return widths;
  }
}
