package org.vcpuacct.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A real Prometheus on this machine, with the packaged rules. It scrapes and evaluates every
 * second, and keeps what it knows in a folder of the test's.
 */
final class Prometheus implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final Duration QUERY_LIMIT = Duration.ofSeconds(20);
  private static final Path RULES =
      Path.of(Project.file("packaging/prometheus/vcpuacct.rules.yml"));

  /** A line of promtool's: {@code NAME{LABELS} => VALUE @[TIME]}. */
  private static final Pattern SAMPLE = Pattern.compile("(.*) => (\\S+) @\\[.*\\]");

  private final HostProgram program;
  private final String url;

  private Prometheus(HostProgram program, String url) {
    this.program = program;
    this.url = url;
  }

  /**
   * Starts one and waits until it answers.
   *
   * @param daemons what it scrapes, ADDRESS:PORT
   */
  static Prometheus start(ThisMachine host, String... daemons) {
    String address = "127.0.0.1:" + ThisMachine.freeTcpPort();
    HostProgram program =
        HostProgram.start(
            "prometheus",
            host,
            List.of(
                "prometheus",
                "--config.file=" + host.put("prometheus.yml", config(daemons)),
                "--storage.tsdb.path=" + host.newFolder(),
                "--web.listen-address=" + address,
                "--log.level=warn"));
    Prometheus prometheus = new Prometheus(program, "http://" + address);
    try {
      Await.until("answer of prometheus", START_LIMIT, prometheus::answers);
      return prometheus;
    } catch (AssertionError e) {
      prometheus.close();
      throw e;
    }
  }

  private static String config(String... daemons) {
    String targets =
        Arrays.stream(daemons).map(daemon -> "'" + daemon + "'").collect(Collectors.joining(", "));
    return """
        global:
          scrape_interval: 1s
          scrape_timeout: 1s
          evaluation_interval: 1s
        scrape_configs:
          - job_name: vcpuacct
            static_configs:
              - targets: [%s]
        rule_files:
          - %s
        """
        .formatted(targets, RULES);
  }

  private boolean answers() {
    if (!program.isRunning()) {
      throw new AssertionError("prometheus ended:\n" + program.said());
    }
    return tryQuery("vector(1)").status() == 0;
  }

  private Program.Result tryQuery(String expression) {
    return Program.run(QUERY_LIMIT, "promtool", "query", "instant", url, expression);
  }

  /** The values that an expression has now, one for each of its series. */
  List<Double> values(String expression) {
    List<Double> values = new ArrayList<>();
    tryQuery(expression)
        .orFail()
        .out()
        .lines()
        .map(SAMPLE::matcher)
        .filter(Matcher::matches)
        .forEach(sample -> values.add(Double.valueOf(sample.group(2))));
    return values;
  }

  /** The value that an expression has now; empty unless it is of one series. */
  OptionalDouble value(String expression) {
    List<Double> values = values(expression);
    return values.size() == 1 ? OptionalDouble.of(values.get(0)) : OptionalDouble.empty();
  }

  /** Waits until an expression has one value, within this of another. */
  void await(String expression, double expected, double within, Duration limit) {
    Await.until(
        expression + " = " + expected,
        limit,
        () -> {
          OptionalDouble value = value(expression);
          return value.isPresent() && Math.abs(value.getAsDouble() - expected) <= within;
        });
  }

  @Override
  public void close() {
    program.close();
  }
}
