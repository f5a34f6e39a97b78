package org.vcpuacct.export.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Snapshots;

/** What a collector gets, which is a small HTTP server here. */
@Timeout(60)
class OtlpExporterTest {

  private static final Snapshot SNAPSHOT = Snapshots.ofEveryTier();
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final BlockingQueue<ExportMetricsServiceRequest> received = new LinkedBlockingQueue<>();
  private HttpServer collector;
  private volatile int status = 200;

  @BeforeEach
  void startCollector() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/v1/metrics", this::receive);
    collector.start();
  }

  @AfterEach
  void stopCollector() {
    collector.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      received.add(ExportMetricsServiceRequest.parseFrom(exchange.getRequestBody()));
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private OtlpExporter start() {
    URI url = URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/metrics");
    return OtlpExporter.start(
        new OtlpSettings(url, INTERVAL), "1.2.3", Optional.of("host-a"), () -> SNAPSHOT);
  }

  private ResourceMetrics next() throws InterruptedException {
    ExportMetricsServiceRequest request = received.poll(30, TimeUnit.SECONDS);
    assertThat(request).as("nothing was sent").isNotNull();
    return request.getResourceMetrics(0);
  }

  private static Metric metric(ResourceMetrics of, String name) {
    return of.getScopeMetrics(0).getMetricsList().stream()
        .filter(metric -> metric.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String attribute(List<KeyValue> attributes, String key) {
    return attributes.stream()
        .filter(attribute -> attribute.getKey().equals(key))
        .map(attribute -> attribute.getValue().getStringValue())
        .findFirst()
        .orElseThrow();
  }

  private static double value(Metric metric, String ne, String rollUp) {
    return metric.getGauge().getDataPointsList().stream()
        .filter(point -> attribute(point.getAttributesList(), "ne").equals(ne))
        .filter(point -> attribute(point.getAttributesList(), "rollup").equals(rollUp))
        .mapToDouble(NumberDataPoint::getAsDouble)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sendsTheRatiosOfNetworkElements() throws InterruptedException {
    try (OtlpExporter exporter = start()) {
      assertThat(exporter).isNotNull();
      Metric time = metric(next(), "vcpuacct.ne.time.ratio");
      Scrape scrape = Scrape.of(SNAPSHOT);

      for (Scrape.Series series : scrape.series("vcpuacct_ne_time_ratio")) {
        assertThat(value(time, series.labels().get("ne"), series.labels().get("rollup")))
            .isEqualTo(scrape.value(series.name(), series.labels()).orElseThrow().doubleValue());
      }
      assertThat(time.getGauge().getDataPointsCount())
          .isEqualTo(scrape.series("vcpuacct_ne_time_ratio").size());
    }
  }

  @Test
  void saysWhichHostItIsAndHowTheDaemonDoes() throws InterruptedException {
    try (OtlpExporter exporter = start()) {
      exporter.health().step(SNAPSHOT.agent(), OptionalLong.empty());
      next();
      ResourceMetrics sent = next();

      List<KeyValue> resource = sent.getResource().getAttributesList();
      assertThat(attribute(resource, "service.name")).isEqualTo("vcpuacct");
      assertThat(attribute(resource, "host.name")).isEqualTo("host-a");
      assertThat(
              metric(sent, "vcpuacct.agent.step.duration")
                  .getHistogram()
                  .getDataPoints(0)
                  .getCount())
          .isEqualTo(1);
    }
  }

  @Test
  void goesOnAfterACollectorThatFails() throws InterruptedException {
    status = 503;
    try (OtlpExporter exporter = start()) {
      assertThat(exporter).isNotNull();
      next();
      status = 200;
      assertThat(metric(next(), "vcpuacct.ne.load.ratio").getGauge().getDataPointsCount())
          .isPositive();
    }
  }
}
