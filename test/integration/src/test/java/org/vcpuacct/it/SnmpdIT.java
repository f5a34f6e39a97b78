package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The host's own snmpd serves the daemon's figures, of a recorded host that stands still. */
class SnmpdIT {

  private static final String SYSTEM_STATS = "UCD-SNMP-MIB::systemStats";
  private static final String OURS = ".1.3.6.1.4.1.2021.11.200";
  private static final String RECORDED_HOST = Project.file("test/hosts/qemu-7.2");
  private static final List<Integer> MAX_REPETITIONS = List.of(1, 7, 50, 1000);
  private static final int INSTANCES_A_GET = 40;

  /** How long the daemon may take to be back behind a restarted snmpd. */
  private static final Duration BACK_LIMIT = Duration.ofSeconds(2);

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration LONGER_THAN_THE_BACKOFF = Duration.ofSeconds(4);
  private static final Duration SNMPD_START = Duration.ofMillis(300);

  private final ThisMachine host = new ThisMachine();
  private Snmpd snmpd;
  private Daemon daemon;

  @BeforeEach
  void start() {
    snmpd = Snmpd.start(host);
    daemon = daemonAt(snmpd);
  }

  @AfterEach
  void end() {
    daemon.close();
    snmpd.close();
    host.close();
  }

  @Test
  void oneWalkShowsTheHostsCpuAndThenTheVcpus() {
    List<String> names = snmpd.snmp().walk(SYSTEM_STATS).stream().map(Varbind::name).toList();
    List<String> ofSnmpd = names.stream().takeWhile(name -> name.startsWith("ss")).toList();
    List<String> ofDaemon = names.subList(ofSnmpd.size(), names.size());

    Figures.show("one walk: %d objects of snmpd, %d of ours", ofSnmpd.size(), ofDaemon.size());
    assertThat(ofSnmpd).contains("ssCpuRawUser.0", "ssCpuRawSteal.0", "ssCpuNumCpus.0");
    assertThat(ofDaemon).hasSizeGreaterThan(100).allMatch(name -> name.startsWith("va"));
  }

  @Test
  void everyWayToReadIsAsByTheEmbeddedAgent() {
    List<String> expected = withoutTimes(daemon.snmp().walkByNumber(OURS));
    List<Varbind> walked = snmpd.snmp().walkByNumber(OURS);

    assertThat(withoutTimes(walked)).isEqualTo(expected);
    for (int repetitions : MAX_REPETITIONS) {
      assertThat(withoutTimes(snmpd.snmp().bulkWalkByNumber(repetitions, OURS)))
          .as("-Cr%d", repetitions)
          .isEqualTo(expected);
    }
    List<Varbind> got = new ArrayList<>();
    List<String> oids = walked.stream().map(Varbind::name).toList();
    for (int from = 0; from < oids.size(); from += INSTANCES_A_GET) {
      int to = Math.min(oids.size(), from + INSTANCES_A_GET);
      got.addAll(snmpd.snmp().getByNumber(oids.subList(from, to)));
    }
    assertThat(withoutTimes(got)).isEqualTo(expected);
    assertThat(snmpd.snmp().table("VCPU-ACCT-MIB::vaVcpuShareTable"))
        .isEqualTo(daemon.snmp().table("VCPU-ACCT-MIB::vaVcpuShareTable"));
  }

  /** What sysUpTime was when something happened is another for each agent; how long ago is not. */
  @Test
  void timeStampsReferToSnmpdsUptime() {
    double byDaemon = secondsSinceSnapshot(daemon.snmp());
    double bySnmpd = secondsSinceSnapshot(snmpd.snmp());
    Figures.show("age of the snapshot: %.2f s by us, then %.2f s by snmpd", byDaemon, bySnmpd);
    assertThat(bySnmpd).isBetween(byDaemon - 0.1, byDaemon + 3);
  }

  @Test
  void eachNetworkElementHasAContextWithItsRowsOnly() {
    Map<String, Integer> vms = daemon.manager().vms();
    assertThat(vms).hasSizeGreaterThan(1);
    for (Map.Entry<String, Integer> vm : vms.entrySet()) {
      SnmpTools inContext = snmpd.inContext(vm.getKey());
      Await.until("context " + vm.getKey(), LIMIT, () -> !inContext.walk(OURS).isEmpty());
      assertThat(new Manager(inContext).vms()).isEqualTo(Map.of(vm.getKey(), vm.getValue()));
      assertThat(inContext.walk("VCPU-ACCT-MIB::vaVcpuThreadId"))
          .allMatch(thread -> thread.name().startsWith("vaVcpuThreadId." + vm.getValue() + "."));
    }
    assertThat(new Manager(snmpd.inContext("")).vms()).isEqualTo(vms);
    assertThat(snmpd.inContext("nobody").tryGet("VCPU-ACCT-MIB::vaAgentVersion.0").status())
        .isNotZero();
  }

  @Test
  void aSetIsRefused() {
    for (String[] set :
        new String[][] {
          {"VCPU-ACCT-MIB::vaAgentErrorFlag.0", "i", "1"},
          {"VCPU-ACCT-MIB::vaAgentVersion.0", "s", "other"},
          {OURS + ".99.0", "i", "1"}
        }) {
      Program.Result result = snmpd.writer().trySet(set[0], set[1], set[2]);
      Figures.show("set %s: %s", set[0], result.err().lines().toList());
      assertThat(result.status()).isNotZero();
      assertThat(result.err()).contains("notWritable");
    }
    assertThat(snmpd.servesTheDaemon()).isTrue();
  }

  @Test
  void itIsBackWhenSnmpdIsKilledAndStartedAgain() {
    snmpd.kill();
    Await.sleep(LONGER_THAN_THE_BACKOFF);
    long startNs = System.nanoTime();
    snmpd.restart();
    Await.sleep(SNMPD_START); // a question before it listens would wait for a second
    Await.until("the daemon's subtree", LIMIT, snmpd::servesTheDaemon);
    double seconds = (System.nanoTime() - startNs) / 1e9;

    Figures.show("back behind snmpd %.2f s after it was started again", seconds);
    assertThat(seconds).isLessThan(BACK_LIMIT.toMillis() / 1e3);
    // The daemon is older than snmpd now.
    assertThat(snmpd.snmp().get("VCPU-ACCT-MIB::vaAgentDiscontinuityTime.0").asLong()).isZero();
    assertThat(daemon.log()).containsOnlyOnce("is lost: it has closed the connection");
  }

  @Test
  void aSnmpdThatHangsGetsANewSessionWhenItGoesOn() {
    snmpd.signal("STOP");
    Await.until("the daemon giving up", LIMIT, () -> daemon.log().contains("has not answered"));
    assertThat(daemon.snmp().get("VCPU-ACCT-MIB::vaAgentSteps.0").asLong()).isPositive();
    snmpd.signal("CONT");
    Await.until("the daemon's subtree", LIMIT, snmpd::servesTheDaemon);
  }

  @Test
  void aDaemonThatEndsOrIsKilledTakesItsSubtreeWithIt() {
    daemon.stop();
    assertThat(snmpd.servesTheDaemon()).isFalse();
    assertThat(snmpd.answers()).isTrue();
    daemon.close();

    daemon = daemonAt(snmpd);
    daemon.kill();
    Await.until("end of the subtree", LIMIT, () -> !snmpd.servesTheDaemon());
    assertThat(snmpd.answers()).isTrue();
  }

  @Test
  void aSecondDaemonIsRefusedAndTakesOverWhenTheFirstEnds() {
    try (Daemon second =
        Daemon.on(host).with("--root", RECORDED_HOST).snmp(agentx(snmpd)).standingStill().start()) {
      Await.until("refusal", LIMIT, () -> second.log().contains("duplicateRegistration"));
      assertThat(snmpd.servesTheDaemon()).isTrue();
      daemon.stop();
      Await.until("the second daemon's subtree", LIMIT, snmpd::servesTheDaemon);
    }
  }

  @Test
  void itIsServedByTcpToo() {
    try (Snmpd overTcp = Snmpd.startOnTcp(host, ThisMachine.freeTcpPort());
        Daemon other = daemonAt(overTcp)) {
      assertThat(withoutTimes(overTcp.snmp().walkByNumber(OURS)))
          .isEqualTo(withoutTimes(other.snmp().walkByNumber(OURS)));
    }
  }

  private Daemon daemonAt(Snmpd master) {
    Daemon started =
        Daemon.on(host).with("--root", RECORDED_HOST).snmp(agentx(master)).standingStill().start();
    Await.until("the daemon's subtree", LIMIT, master::servesTheDaemon);
    return started;
  }

  private static String agentx(Snmpd master) {
    return "[agentx]\nmaster = \"%s\"\n".formatted(master.master());
  }

  private static double secondsSinceSnapshot(SnmpTools snmp) {
    List<Varbind> times =
        snmp.get(List.of(".1.3.6.1.2.1.1.3.0", "VCPU-ACCT-MIB::vaAgentSnapshotTime.0"));
    return (times.get(0).asLong() - times.get(1).asLong()) / 100.0;
  }

  private static List<String> withoutTimes(List<Varbind> variables) {
    return variables.stream()
        .map(
            variable ->
                variable.type().equals("Timeticks")
                    ? variable.name()
                    : variable.name() + " = " + variable.type() + " " + variable.value())
        .toList();
  }
}
