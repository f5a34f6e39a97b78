package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is held of the past of real guests, and what is left of it when the daemon is killed. */
@LabTest
class HistoryIT {

  private static final Duration STORM = Duration.ofSeconds(12);

  /** An alarm of contention comes at once, and so does what is kept of it. */
  private static final String ALARM =
      """
      [alarm.contention]
      raise-hold-ms = 0
      """;

  private static final String[] VCPUS = {"mme/0", "mme/1", "sgw/0", "sgw/1"};

  /** The clock of the day is read a little after the accounts, later still on a busy machine. */
  private static final Duration TIME_TOLERANCE = Duration.ofMillis(250);

  /** That of one which was missed. */
  private static final Duration LONGEST_STEP = Duration.ofMillis(1_900);

  private static final Duration MOST_LOST = Duration.ofSeconds(2);

  private static Lab host;
  private static Daemon daemon;
  private static Payload mme;
  private static Payload sgw;

  /** The storm, as the words of an option. */
  private static String from;

  private static String to;

  /** The guests stand still when the storm is over: what reads of it has the host for itself. */
  @BeforeAll
  static void storm(Lab lab) {
    host = lab;
    daemon = daemon(host.newStateDir());
    String idle = "v0:idle=500000;v1:idle=500000";
    mme = Payload.start(lab, "mme", "--vcpus", "2", "--pin", "2", "--phase", idle);
    String storm = "v0:io=100000000;v1:spin=3600000";
    sgw = Payload.start(lab, "sgw", "--vcpus", "2", "--pin", "1", "--phase", storm);
    daemon.manager().awaitRow("mme", true);
    daemon.manager().awaitRow("sgw", true);
    mme.beginPhase();
    sgw.beginPhase();
    daemon.manager().awaitNewFigures();
    from = now();
    Await.sleep(STORM);
    to = now();
    host.run("kill", "-STOP", Integer.toString(sgw.pid())).orFail();
  }

  @AfterAll
  static void end() {
    daemon.close();
    sgw.close();
    mme.close();
  }

  private static Daemon daemon(String stateDir) {
    return Daemon.on(host)
        .snmp(ALARM)
        .stateDir(stateDir)
        .through("taskset", "-c", "0")
        .http()
        .start();
  }

  private static String now() {
    return host.run("date", "--utc", "+%FT%T.%3NZ").orFail().out().strip();
  }

  private static String export(String... options) {
    String config =
        host.put("export.toml", "[agent]\nstate-dir = \"%s\"\n".formatted(daemon.stateDir()));
    List<String> words = new ArrayList<>(List.of("export", "--config", config));
    words.addAll(List.of(options));
    return Vcpuacct.run(host, words.toArray(String[]::new)).orFail().out();
  }

  @Test
  void anExportHasEverySecondOfEveryVcpuToTheNanosecond() {
    Exported csv = Exported.ofCsv(export("--from", from, "--to", to));
    Exported json = Exported.ofJson(export("--from", from, "--to", to, "--format", "json"));

    assertThat(csv.byVcpu().keySet()).containsExactly(VCPUS);
    csv.byVcpu().forEach(HistoryIT::assertWhole);
    assertThat(json).as("the same in both formats").isEqualTo(csv);
  }

  /** Its lines are all of its wall time, and that is all of the time since the row before. */
  private static void assertWhole(String vcpu, List<Map<String, String>> rows) {
    Figures.show(
        "%s: %d rows, the last %s", vcpu, rows.size(), Exported.ledger(rows.get(rows.size() - 1)));
    for (Map<String, String> row : rows) {
      assertThat(Exported.ledger(row).residueNs()).as("%s", row).isZero();
    }
    Instant begin = Exported.time(rows.get(0));
    Duration walls = Duration.ZERO;
    for (Map<String, String> row : rows.subList(1, rows.size())) {
      walls = walls.plus(Exported.wall(row));
      assertThat(Exported.wall(row)).as("a step of %s: %s", vcpu, row).isLessThan(LONGEST_STEP);
      assertThat(walls)
          .as("all rows of %s until %s", vcpu, row)
          .isCloseTo(Duration.between(begin, Exported.time(row)), TIME_TOLERANCE);
    }
  }

  @Test
  void aKilledDaemonLosesNoMoreThanItsLastSecond() {
    Exported before = Exported.ofCsv(export("--from", from, "--to", to));
    Instant killed = daemon.kill();
    Exported down = Exported.ofCsv(export("--from", from));
    daemon.close();
    daemon = daemon(daemon.stateDir());
    Exported after = Exported.ofCsv(export("--from", from));

    Figures.show("killed at %s, the last step that is left at %s", killed, down.lastTime());
    assertThat(Duration.between(down.lastTime(), killed)).isBetween(Duration.ZERO, MOST_LOST);
    assertThat(down.rows())
        .as("what was there before, while it is down")
        .containsAll(before.rows());
    assertThat(after.rows()).as("and with the next one").containsAll(down.rows());
    assertThat(after.lastTime()).as("which goes on").isAfter(killed);
    assertExplained();
    assertThat(frozenAlarms())
        .contains("Network element sgw: share of time that the host withholds");
  }

  private static void assertExplained() {
    String[] words = {"why", "sgw", "--at", to, "--socket", daemon.httpSocket()};
    String why = Vcpuacct.run(host, words).orFail().out();
    Figures.show("why --at, before the kill%n%s", why);
    assertThat(why).contains("Effective load", "WAIT_PREEMPTED", "IO exits");
  }

  private static String frozenAlarms() {
    return host.run("sh", "-c", "cat " + daemon.stateDir() + "/history/frozen/*/alarm")
        .orFail()
        .out();
  }
}
