package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hosts that keep something back: the daemon says what, and serves the rest. */
class LimitedHostIT {

  private static final int TIER_SAMPLED = 3;
  private static final String NOBODY = "65534";

  private final ThisMachine host = new ThisMachine();

  @AfterEach
  void cleanUp() {
    host.close();
  }

  @Test
  void aHostWithNothingToReadStillAnswers() {
    try (Daemon daemon = Daemon.on(host).with("--root", host.newFolder().toString()).start()) {
      assertServesItself(daemon);
      assertTellsItsLimits(daemon, "tracefs", "/proc");
      assertThat(daemon.snmp().get("UCD-SNMP-MIB::ssCpuRawUser.0").isPresent()).isFalse();
      assertThat(daemon.snmp().walk("VCPU-ACCT-MIB::vaVmTable")).isEmpty();
    }
  }

  /** A host whose /sys is empty: neither tracefs nor debugfs is mounted. */
  @Test
  void aHostWithoutTracefsHasItsOwnCpuTime() throws IOException {
    Path root = host.newFolder();
    Files.createSymbolicLink(root.resolve("proc"), Path.of("/proc"));
    try (Daemon daemon = Daemon.on(host).with("--root", root.toString()).start()) {
      assertServesItself(daemon);
      assertTellsItsLimits(daemon, "mount -t tracefs tracefs /sys/kernel/tracing");
      assertServesTheHostsCpuTime(daemon);
    }
  }

  @Test
  void withoutRightsTheDaemonSaysWhichItNeeds() throws IOException {
    Path stateDir = Path.of(host.newStateDir());
    List<String> drop = List.of();
    if (isRoot()) {
      Program.run(Duration.ofSeconds(5), "chown", NOBODY, stateDir.toString()).orFail();
      drop = List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups");
    }
    try (Daemon daemon =
        Daemon.on(host)
            .through(drop.toArray(String[]::new))
            .from(host.putCopy(Project.JAR), host.putCopy(Project.JVM_OPTIONS))
            .stateDir(stateDir.toString())
            .start()) {
      assertServesItself(daemon);
      assertTellsItsLimits(daemon, "run as root");
      assertServesTheHostsCpuTime(daemon);
    }
  }

  private static boolean isRoot() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
  }

  private static void assertServesItself(Daemon daemon) {
    SnmpTools snmp = daemon.snmp();
    assertThat(snmp.get(".1.3.6.1.2.1.1.1.0").asText()).contains("vcpuacct");
    assertThat(snmp.get("VCPU-ACCT-MIB::vaAgentTier.0").asLong()).isEqualTo(TIER_SAMPLED);
    assertThat(snmp.get("VCPU-ACCT-MIB::vaAgentErrorFlag.0").asLong()).isEqualTo(1);
    assertThat(snmp.get("VCPU-ACCT-MIB::vaAgentErrorMessage.0").asText()).isNotEmpty();
    assertThat(snmp.walk("VCPU-ACCT-MIB::vaExitTable")).isEmpty();
    assertThat(snmp.walk("VCPU-ACCT-MIB::vaVcpuExits")).isEmpty();
  }

  /** Each limit is one row and one line of the log: what, so what, and what to do. */
  private static void assertTellsItsLimits(Daemon daemon, String... expected) {
    List<List<String>> limits = daemon.manager().limits();
    limits.forEach(limit -> Figures.show("limit: %s", String.join(" | ", limit)));
    assertThat(limits).isNotEmpty();
    assertThat(limits.toString()).contains(expected);
    assertThat(daemon.snmp().get("VCPU-ACCT-MIB::vaAgentLimits.0").asLong())
        .isEqualTo(limits.size());
    for (List<String> limit : limits) {
      assertThat(limit).doesNotContain("").allSatisfy(LimitedHostIT::assertForOperators);
      assertThat(daemon.log().lines().filter(line -> limit.stream().allMatch(line::contains)))
          .as("lines of the log that tell %s", limit)
          .hasSize(1);
    }
    assertThat(daemon.log()).doesNotContain("\tat ");
  }

  private static void assertForOperators(String text) {
    assertThat(text).doesNotContain("Exception").doesNotContain("\n");
  }

  /** The figure lies between two readings of /proc/stat, before and after. */
  private static void assertServesTheHostsCpuTime(Daemon daemon) throws IOException {
    long before = idleTicks();
    daemon.manager().awaitNewFigures();
    long told = daemon.snmp().get("UCD-SNMP-MIB::ssCpuRawIdle.0").asLong();
    assertThat(told).isBetween(before, idleTicks());
  }

  private static long idleTicks() throws IOException {
    String cpuLine = Files.readAllLines(Path.of("/proc/stat")).get(0);
    return Long.parseLong(cpuLine.split(" +", -1)[4]);
  }
}
