package org.vcpuacct.export.metrics;

import java.net.URI;
import java.time.Duration;

/**
 * Where figures are sent by OTLP. Immutable.
 *
 * @param url of the collector's metrics, as {@code http://127.0.0.1:4318/v1/metrics}
 * @param interval time between two times that they are sent
 */
public record OtlpSettings(URI url, Duration interval) {

  /** How often they are sent where the configuration says nothing. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);
}
