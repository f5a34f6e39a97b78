package org.vcpuacct.export.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.host.Hardware;
import org.vcpuacct.ledger.Snapshot;

/** What a scrape of a snapshot brought, read as a monitoring system reads it. */
final class Scrape {

  static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

  /** A series. */
  record Series(String name, Map<String, String> labels) {}

  /** A host of two sockets. */
  static final Hardware HARDWARE =
      new Hardware("EPYC", 2, 64, 128, 4, 2_450_000_000L, 8L << 30, 3L << 30, 1.5);

  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\[\\\\\"n])*)\"(?:,|$)");

  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

  private final String text;
  private final Map<Series, String> samples = new LinkedHashMap<>();

  private Scrape(String text) {
    this.text = text;
    text.lines().filter(line -> !line.startsWith("#")).forEach(this::add);
  }

  /** A scrape in the text format of Prometheus. */
  static Scrape of(Snapshot snapshot) {
    return of(snapshot, AlarmList.empty(0), Optional.empty());
  }

  /** A scrape by a client that takes these media types. */
  static Scrape of(Snapshot snapshot, AlarmList alarms, Optional<String> accept) {
    try (MetricsResource resource =
        new MetricsResource("1.2.3", () -> snapshot, () -> alarms, () -> Optional.of(HARDWARE))) {
      return of(resource, snapshot, accept);
    }
  }

  /** A scrape of a resource, as if this were its newest snapshot. */
  static Scrape of(MetricsResource resource, Snapshot snapshot, Optional<String> accept) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      resource.write(TextFormat.preferred(accept), snapshot, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Scrape(text.toString(UTF_8));
  }

  private void add(String line) {
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      throw new AssertionError("no sample: " + line);
    }
    Series series = new Series(sample.group(1), labels(sample.group(2)));
    if (samples.put(series, sample.group(3)) != null) {
      throw new AssertionError("twice: " + line);
    }
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(text == null ? "" : text);
    int end = 0;
    while (label.find() && label.start() == end) {
      labels.put(label.group(1), unescape(label.group(2)));
      end = label.end();
    }
    if (text != null && end != text.length()) {
      throw new AssertionError("no labels: " + text);
    }
    return labels;
  }

  private static String unescape(String value) {
    return ESCAPED.matcher(value).replaceAll(escaped -> escaped.group(1).equals("n") ? "\n" : "$1");
  }

  /** As it was sent. */
  String text() {
    return text;
  }

  /** The names of all series. */
  Set<String> names() {
    return samples.keySet().stream().map(Series::name).collect(Collectors.toSet());
  }

  /** The series of a name. */
  List<Series> series(String name) {
    return samples.keySet().stream().filter(series -> series.name().equals(name)).toList();
  }

  /** The value of a series; empty if there is none. */
  Optional<BigDecimal> value(String name, Map<String, String> labels) {
    return Optional.ofNullable(samples.get(new Series(name, new TreeMap<>(labels))))
        .map(BigDecimal::new);
  }

  /** The sum of those series of a name that have these labels among theirs. */
  BigDecimal sum(String name, Map<String, String> labels) {
    return series(name).stream()
        .filter(series -> series.labels().entrySet().containsAll(labels.entrySet()))
        .map(series -> value(name, series.labels()).orElseThrow())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** All values that the series of a name have for a label. */
  List<String> valuesOf(String name, String label) {
    return series(name).stream().map(series -> series.labels().get(label)).distinct().toList();
  }
}
