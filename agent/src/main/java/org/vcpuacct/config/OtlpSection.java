package org.vcpuacct.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.vcpuacct.export.metrics.OtlpSettings;

/** Reads section {@code [otlp]}. */
final class OtlpSection {

  private static final int MIN_INTERVAL_MS = 1_000;
  private static final int MAX_INTERVAL_MS = 3_600_000;

  private static final String WANTED =
      "write where the collector takes metrics, for example http://127.0.0.1:4318/v1/metrics";

  private OtlpSection() {}

  /** What the section says. */
  static OtlpSettings read(Section section) throws ConfigException {
    URI url = section.required("url", OtlpSection::url);
    Duration interval =
        section
            .milliseconds("interval-ms", MIN_INTERVAL_MS, MAX_INTERVAL_MS)
            .orElse(OtlpSettings.DEFAULT_INTERVAL);
    section.finish();
    return new OtlpSettings(url, interval);
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(WANTED, e);
    }
    throw new IllegalArgumentException(WANTED);
  }
}
