package org.vcpuacct.export.metrics;

/** What the samples of a family are, in the words of OpenMetrics. */
enum MetricType {
  /** Only ever grows, but for a new beginning. */
  COUNTER("counter", "counter", "_total"),
  GAUGE("gauge", "gauge", ""),
  HISTOGRAM("histogram", "histogram", ""),
  /** Always 1: its labels are what it tells. */
  INFO("info", "gauge", "_info");

  private final String openMetricsName;
  private final String prometheusName;
  private final String suffix;

  MetricType(String openMetricsName, String prometheusName, String suffix) {
    this.openMetricsName = openMetricsName;
    this.prometheusName = prometheusName;
    this.suffix = suffix;
  }

  /** As a format names it. */
  String name(TextFormat format) {
    return format == TextFormat.OPEN_METRICS ? openMetricsName : prometheusName;
  }

  /** What the name of a sample has behind that of its family. */
  String suffix() {
    return suffix;
  }
}
