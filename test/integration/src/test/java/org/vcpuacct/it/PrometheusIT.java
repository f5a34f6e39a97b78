package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A real Prometheus scrapes two daemons, as it would on two hosts that have VMs of one network
 * element.
 */
class PrometheusIT {

  private static final String RECORDED_HOST = Project.file("test/hosts/qemu-7.2");
  private static final String WALL = "rate(vcpuacct_vcpu_wall_seconds_total{ne=\"epc\"}[%s])";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final ThisMachine host = new ThisMachine();
  private Daemon first;
  private Daemon second;
  private Prometheus prometheus;

  @BeforeEach
  void start() {
    first = startDaemon();
    second = startDaemon();
    prometheus = Prometheus.start(host, first.httpAddress(), second.httpAddress());
  }

  private Daemon startDaemon() {
    return Daemon.on(host)
        .http()
        .snmp("[[ne]]\nname = \"epc\"\nvms = [\"*\"]")
        .with("--root", RECORDED_HOST)
        .start();
  }

  @AfterEach
  void end() {
    if (prometheus != null) {
      prometheus.close();
    }
    if (second != null) {
      second.close();
    }
    if (first != null) {
      first.close();
    }
    host.close();
  }

  @Test
  void aNetworkElementOnTwoHostsHasOneView() {
    prometheus.await("sum(up{job=\"vcpuacct\"})", 2, 0, LIMIT);
    List<Double> vcpus = prometheus.values("vcpuacct_ne_vcpus{ne=\"epc\"}");
    assertThat(vcpus).hasSize(2).allSatisfy(count -> assertThat(count).isPositive());
    double all = vcpus.get(0) + vcpus.get(1);

    prometheus.await("ne:vcpuacct_vcpus:sum{ne=\"epc\"}", all, 0, LIMIT);
    // Each vCPU has a second of wall time a second.
    prometheus.await("sum by (ne) (" + WALL.formatted("10s") + ")", all, all / 10, LIMIT);
    prometheus.await(
        "ne:vcpuacct_vcpu_wall_seconds:rate5m / on (ne) sum by (ne) (" + WALL.formatted("5m") + ")",
        1,
        0.1,
        LIMIT);
    prometheus.await("sum(ne_rollup:vcpuacct_time:ratio_rate5m{ne=\"epc\"})", 1, 0.001, LIMIT);
    assertThat(prometheus.values("count by (ne) (vcpuacct_ne_vcpus)")).containsExactly(2.0);
  }

  @Test
  void aDaemonThatIsDownIsToldOfAndOutOfTheSum() {
    prometheus.await("count(vcpuacct_ne_vcpus{ne=\"epc\"})", 2, 0, LIMIT);
    assertThat(prometheus.values("ALERTS{alertname=\"VcpuacctDown\"}")).isEmpty();
    double vcpus = prometheus.values("vcpuacct_ne_vcpus{ne=\"epc\"}").get(0);

    second.stop();

    prometheus.await("ne:vcpuacct_vcpus:sum{ne=\"epc\"}", vcpus, 0, LIMIT);
    prometheus.await(
        "ALERTS{alertname=\"VcpuacctDown\",instance=\"" + second.httpAddress() + "\"}",
        1,
        0,
        LIMIT);
    assertThat(prometheus.values("ALERTS{alertname=\"VcpuacctDown\"}")).hasSize(1);
  }
}
