package org.vcpuacct.export.metrics;

import java.util.List;
import java.util.Optional;

/** The text formats in which metrics are exposed. */
enum TextFormat {
  /** The text format of Prometheus. */
  PROMETHEUS("text/plain", "0.0.4"),
  /** OpenMetrics. */
  OPEN_METRICS("application/openmetrics-text", "1.0.0");

  private final String type;
  private final String version;

  TextFormat(String type, String version) {
    this.type = type;
    this.version = version;
  }

  /** The media type with its parameters, as the field Content-Type has it. */
  String mediaType() {
    return type + "; version=" + version + "; charset=utf-8";
  }

  /**
   * The format that a client likes best; OpenMetrics only if it asks for it by name.
   *
   * @param accept the media types that it takes, as the field Accept has them; empty if it does not
   *     say
   */
  static TextFormat preferred(Optional<String> accept) {
    List<MediaRange> ranges = accept.map(MediaRange::parseList).orElse(List.of());
    double openMetrics = OPEN_METRICS.weight(ranges);
    double prometheus = Math.max(PROMETHEUS.weight(ranges), anyWeight(ranges));
    return openMetrics > 0 && openMetrics >= prometheus ? OPEN_METRICS : PROMETHEUS;
  }

  private double weight(List<MediaRange> ranges) {
    return ranges.stream()
        .filter(range -> range.type().equals(type))
        .filter(range -> range.version().map(version::equals).orElse(true))
        .mapToDouble(MediaRange::weight)
        .max()
        .orElse(0);
  }

  private static double anyWeight(List<MediaRange> ranges) {
    return ranges.stream()
        .filter(range -> range.type().equals("text/*") || range.type().equals("*/*"))
        .mapToDouble(MediaRange::weight)
        .max()
        .orElse(0);
  }
}
