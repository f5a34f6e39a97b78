package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The load-shedding input over AF_VSOCK: who gets it, and what becomes of the calls of a guest that
 * acts on it. The calls are test/callsim's, for real.
 */
@LabTest
@Tag("full")
class GuestFeedIT {

  private static final String NAME = "callproc";
  private static final String CID = "30";
  private static final String GUEST_CPU = "2";

  /** On what the guest's own root is laid; what is in /tmp and /run here is not in it. */
  private static final String FOLDER = "/var/tmp/callsim";

  /** Few and heavy calls: docs/load-shedding.md says why the target is lower then. */
  private static final String FEED =
      """
      [overload]
      target-percent = 85
      [overload.feed]
      directory = "/run/feed"
      group = "root"
      vsock-port = 1161
      """;

  private static final Duration HEARD_LIMIT = Duration.ofMinutes(2);
  private static final Duration CALM_LIMIT = Duration.ofSeconds(40);

  private static final int READS_THE_FEED = 4002;

  /** Calls a second that the guest can bear, and some ten times as many as it can do. */
  private static final int BEARABLE = 150;

  private static final int TOO_MANY = 3_500;

  private static final double BEGIN = 5;
  private static final double END = 30;

  private static final int CONTENTION = 4;

  private static LinuxGuest guest;
  private static Daemon daemon;

  @BeforeAll
  static void start(Lab lab) {
    String callSim = Project.OUTPUT.resolve("callsim").toString();
    Program.run(
            Duration.ofMinutes(1),
            Map.of(),
            "",
            List.of(Project.file("test/callsim/build"), callSim, "-static"))
        .orFail();
    lab.run(
            "install",
            "-D",
            "-t",
            FOLDER,
            callSim,
            Project.file("test/callsim/processors"),
            Project.file("test/integration/src/test/resources/guest-calls"))
        .orFail();
    guest =
        LinuxGuest.startWithFreeAgent(
            lab,
            NAME,
            "--cid",
            CID,
            "--pin",
            GUEST_CPU,
            "--workload",
            "run:" + FOLDER + "/guest-calls");
    daemon = Daemon.on(lab).snmp(FEED).through("taskset", "-c", "0").start();
    daemon.manager().awaitRow(NAME, true);
    Await.until("word of the guest", HEARD_LIMIT, () -> guest.console().contains("heard all"));
  }

  @AfterAll
  static void end() {
    daemon.close();
    guest.close();
  }

  @Test
  void aGuestReadsItsOwnNetworkElementAndNoOther(Lab lab) {
    List<String> hears = console("hears: ");
    Figures.show("the guest %s", hears);
    assertThat(hears)
        .hasSizeGreaterThanOrEqualTo(2)
        .allSatisfy(
            line ->
                assertThat(line).contains("{\"ne\":\"" + NAME + "\",").contains("\"reduction\":"));
    assertThat(String.join("\n", console("is told: ")))
        .contains("error", "its own network element only")
        .doesNotContain("\"another\"");
    // A process of the host, by loopback.
    assertThat(lab.run("sh", "-c", "timeout 3 socat -u VSOCK-CONNECT:1:1161 -").out())
        .contains("error", "no VM of this host")
        .doesNotContain(NAME);
  }

  @Test
  void callsAreDoneAtTenTimesTheCapacityAndSoonAfter(Lab lab) {
    awaitCalm();
    String profile = BEARABLE + "," + TOO_MANY + "@" + BEGIN + "," + BEARABLE + "@" + END;
    CallRun run = generate(lab, profile, 44);

    CallRun overload = run.between(END - 12, END);
    CallRun after = run.between(END + 8, 44);
    Figures.show(
        "calls a second done before: %.0f, at the end of the overload: %.0f of %.0f, spread of the"
            + " reduction %.0f points; 8 s after it: %.1f %% of them done",
        run.between(0, BEGIN).sum(CallRun.Tally::done) / BEGIN,
        overload.sum(CallRun.Tally::done) / 12.0,
        overload.sum(CallRun.Tally::offered) / 12.0,
        overload.spread(),
        after.donePercent());
    assertThat(run.between(2, BEGIN).sum(CallRun.Tally::turnedAway)).isZero();
    assertThat(run.between(2, BEGIN).donePercent()).isGreaterThan(95);
    assertThat(overload.sum(CallRun.Tally::done)).isGreaterThan(12 * BEARABLE);
    assertThat(overload.spread()).isLessThanOrEqualTo(10);
    assertThat(after.donePercent()).isGreaterThan(95);
  }

  @Test
  void nothingIsTurnedAwayForANoisyNeighbour(Lab lab) {
    awaitCalm();
    try (Payload neighbour =
        Payload.start(lab, "neighbour", "--pin", GUEST_CPU, "--phase", "v0:spin=20000")) {
      neighbour.beginPhase();
      try (Program calls = lab.begin(generator("250", 12))) {
        Manager manager = daemon.manager();
        int ne = manager.ne(NAME);
        Await.until(
            "cause contention",
            CALM_LIMIT,
            () -> manager.neColumn("vaNeOverloadCause", ne).asLong() == CONTENTION);
        Await.until("end of the calls", CALM_LIMIT, () -> !calls.isRunning());
        CallRun run = CallRun.parse(calls.out());

        Figures.show("beside a neighbour %.0f %% of the calls are done", run.donePercent());
        assertThat(run.sum(CallRun.Tally::offered)).isGreaterThan(2_500);
        assertThat(run.sum(CallRun.Tally::turnedAway)).isZero();
      }
    }
  }

  /** What an earlier test has left behind is over, and the daemon asks for nothing any more. */
  private static void awaitCalm() {
    Manager manager = daemon.manager();
    int ne = manager.ne(NAME);
    Await.until(
        "calm",
        CALM_LIMIT,
        () ->
            manager.neColumn("vaNeOverloadReduction", ne).asLong() == 0
                && manager.neColumn("vaNeOverloadLoad", ne).asLong() < 50);
  }

  private static CallRun generate(Lab lab, String profile, int seconds) {
    return CallRun.parse(lab.script(generator(profile, seconds)).out());
  }

  private static List<String> generator(String profile, int seconds) {
    return List.of(
        "exec",
        "taskset",
        "-c",
        "0",
        FOLDER + "/callsim",
        "generate",
        "address=vsock:" + CID + ":" + READS_THE_FEED,
        "capacity=1",
        "bundle-ms=20",
        "offered=" + profile,
        "seconds=" + seconds);
  }

  private static List<String> console(String prefix) {
    return guest.console().lines().filter(line -> line.startsWith(prefix)).toList();
  }
}
