package org.vcpuacct.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.vcpuacct.export.metrics.OtlpSettings;

/** Reads section {@code [otlp]}. */
final class OtlpSection {

  private static final int MIN_INTERVAL_MS = 1_000;
  private static final int MAX_INTERVAL_MS = 3_600_000;

  private static final Pattern WITH_USER = Pattern.compile("://[^/]*@");

  private static final String WANTED =
      "write where the collector takes metrics, for example http://127.0.0.1:4318/v1/metrics";

  private OtlpSection() {}

  /** What the section says. */
  static OtlpSettings read(Section section) throws ConfigException {
    rejectUser(section);
    URI url = section.required("url", OtlpSection::url);
    Duration interval =
        section
            .milliseconds("interval-ms", MIN_INTERVAL_MS, MAX_INTERVAL_MS)
            .orElse(OtlpSettings.DEFAULT_INTERVAL);
    section.finish();
    return new OtlpSettings(url, interval);
  }

  /** It would not be sent, and a message that repeats the URL would tell the password. */
  private static void rejectUser(Section section) throws ConfigException {
    if (section.string("url").filter(WITH_USER.asPredicate()).isPresent()) {
      throw section.at("url", "write no user and no password in it: they are not sent");
    }
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
