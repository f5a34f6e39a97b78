package org.vcpuacct.export.metrics;

import java.util.List;
import java.util.Optional;

/**
 * What all samples of one name have in common. Immutable.
 *
 * @param name as OpenMetrics has it: with the unit, without the suffix of the type
 * @param help one phrase, without quotes and backslashes
 */
record Family(String name, MetricType type, String help) {

  private static final List<String> UNITS = List.of("seconds", "ratio", "hertz", "bytes");

  /** A family of counters, the names of which end with {@code _total}. */
  static Family counter(String name, String help) {
    return new Family(name, MetricType.COUNTER, help);
  }

  /** A family of gauges. */
  static Family gauge(String name, String help) {
    return new Family(name, MetricType.GAUGE, help);
  }

  /** A family of histograms. */
  static Family histogram(String name, String help) {
    return new Family(name, MetricType.HISTOGRAM, help);
  }

  /** A family whose labels are what it tells; their names end with {@code _info}. */
  static Family info(String name, String help) {
    return new Family(name, MetricType.INFO, help);
  }

  /** The name of its samples, but for those of a histogram. */
  String sampleName() {
    return name + type.suffix();
  }

  /** The lines that come before its samples. */
  String header(TextFormat format) {
    return switch (format) {
      case PROMETHEUS ->
          "# HELP %1$s %2$s\n# TYPE %1$s %3$s\n".formatted(sampleName(), help, type.name(format));
      case OPEN_METRICS ->
          "# TYPE %1$s %3$s\n%4$s# HELP %1$s %2$s\n"
              .formatted(name, help, type.name(format), unitLine());
    };
  }

  private String unitLine() {
    Optional<String> unit = UNITS.stream().filter(one -> name.endsWith("_" + one)).findFirst();
    return unit.map(one -> "# UNIT " + name + " " + one + "\n").orElse("");
  }
}
