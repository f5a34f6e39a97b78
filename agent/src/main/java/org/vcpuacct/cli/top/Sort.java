package org.vcpuacct.cli.top;

import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What network elements, and the vCPUs of each, are sorted by. */
enum Sort {
  NAME('n', "name", subject -> OptionalDouble.empty()),
  LOAD('l', "load", ofUsage(Usage::load)),
  OVERHEAD('o', "overhead", ofUsage(usage -> usage.rollUpShare("overhead"))),
  CONTENTION('c', "contention", ofUsage(usage -> usage.rollUpShare("contention"))),
  EXITS('x', "exits a second", Sort::exitsPerSecond),
  HIDDEN('d', "hidden share", Sort::hidden);

  private final char key;
  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Function<Picture.Subject, OptionalDouble> figure;

  Sort(char key, String label, Function<Picture.Subject, OptionalDouble> figure) {
    this.key = key;
    this.label = label;
    this.figure = figure;
  }

  /** The key that selects it. */
  char key() {
    return key;
  }

  String label() {
    return label;
  }

  /**
   * Figures from large to small, what has none at the end; names from A to Z. vCPUs that it does
   * not tell apart keep the order of their numbers.
   */
  Comparator<Picture.Subject> order(boolean reversed) {
    Comparator<Picture.Subject> order =
        this == NAME
            ? Comparator.comparing(Sort::neName)
            : Comparator.comparingDouble(
                subject -> -figure.apply(subject).orElse(Double.NEGATIVE_INFINITY));
    return reversed ? order.reversed() : order;
  }

  private static String neName(Picture.Subject subject) {
    return subject instanceof Picture.Ne ne ? ne.name() : "";
  }

  private static Function<Picture.Subject, OptionalDouble> ofUsage(Function<Usage, Double> figure) {
    return subject ->
        subject.usage().map(figure).map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private static OptionalDouble exitsPerSecond(Picture.Subject subject) {
    return subject.usage().map(Usage::exitsPerSecond).orElse(OptionalDouble.empty());
  }

  private static OptionalDouble hidden(Picture.Subject subject) {
    return subject.guest().map(Document.Guest::hidden).orElse(OptionalDouble.empty());
  }
}
