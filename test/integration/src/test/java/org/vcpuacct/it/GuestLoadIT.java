package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What guests say of their load, by way of a real qemu-guest-agent, and guests that say nothing of
 * use. All the while another VM's row is on time.
 */
@LabTest
class GuestLoadIT {

  private static final String MODULE = "VCPU-ACCT-MIB::";
  private static final String SETTINGS =
      """
      [snmp.communities]
      "mme-ro" = "mme"

      [guest]
      interval-ms = 3000
      """;
  private static final Duration REPORT_LIMIT = Duration.ofMinutes(1);
  private static final int VCPUS = 2;

  private static final long OK = 1;
  private static final long NOT_ANSWERING = 3;
  private static final long REFUSED = 5;

  /** The message of a guest whose agent behaves like this, in test/resources/guest-agent. */
  private static final Map<String, String> MESSAGES =
      new LinkedHashMap<>(
          Map.of(
              "garbage", "refused: the answer to guest-",
              "half", "not answering: the answer was not complete within 3000 ms",
              "huge", "refused: answer too long: more than 1048576 bytes",
              "silent", "not answering: no answer within 3000 ms"));

  private static Daemon daemon;
  private static Manager manager;
  private static Payload bystander;
  private static StepWatch fromTheStart;
  private static LinuxGuest mme;
  private static int mmeNe;

  @BeforeAll
  static void startGuest(Lab lab) {
    daemon = Daemon.on(lab).snmp(SETTINGS).through("taskset", "-c", "0").start();
    manager = daemon.manager();
    bystander = Payload.start(lab, "bystander", "--phase", "v0:idle=1000");
    manager.awaitRow("bystander", true);
    fromTheStart = new StepWatch(manager, manager.vm("bystander"));
    mme =
        LinuxGuest.startWithFreeAgent(
            lab, "mme", "--vcpus", Integer.toString(VCPUS), "--pin", "1,2");
    manager.awaitRow("mme", true);
    mmeNe = manager.ne("mme");
    fromTheStart.until("load of a guest", REPORT_LIMIT, () -> state("mme") == OK);
  }

  @AfterAll
  static void endGuest() {
    daemon.close();
    bystander.close();
    mme.close();
  }

  /** By then the daemon has loaded all code that a first answer needs. */
  @Test
  void theFirstAnswerDelaysNoStep() {
    fromTheStart.end("steps until the first answer");
  }

  @Test
  void theRowsSayWhatTheGuestsOwnProcStatSays() {
    ProcStat before = procStat();
    awaitReportBegunNow();
    List<Varbind> told = daemon.snmp().get(vcpuTimes());
    ProcStat after = procStat();

    for (int cpu = 0; cpu < VCPUS; cpu++) {
      int columns = ProcStat.VCPU_COLUMNS.size();
      assertBetween(
          "vCPU " + cpu,
          before.ns(cpu),
          told.subList(cpu * columns, (cpu + 1) * columns),
          after.ns(cpu));
    }
  }

  @Test
  void theDifferenceIsBetweenFiguresOfTheSameTime() {
    awaitReportBegunNow();
    List<Long> row =
        daemon
            .snmp()
            .get(
                List.of(
                    ne("vaNeGuestBusy"),
                    ne("vaNeGuestIdle"),
                    ne("vaNeGuestSteal"),
                    ne("vaNeGuestHostUseful"),
                    ne("vaNeGuestHostContention"),
                    ne("vaNeHidden"),
                    ne("vaNeUntoldContention")))
            .stream()
            .map(Varbind::asLong)
            .toList();

    Figures.show(
        "guest, hundredths of a percent: busy %d, idle %d, steal %d; by the host useful %d,"
            + " contention %d; hidden %d, untold contention %d",
        row.get(0), row.get(1), row.get(2), row.get(3), row.get(4), row.get(5), row.get(6));
    assertThat(row.get(0)).isPositive();
    assertThat(row.get(3)).isPositive();
    assertThat(row.get(0) + row.get(1) + row.get(2)).isCloseTo(10_000, within(2L));
    assertThat(row.get(5)).isEqualTo(row.get(0) - row.get(3));
    assertThat(row.get(6)).isEqualTo(row.get(4) - row.get(2));
  }

  @Test
  void theContextSpeaksAsTheGuestsOwnSnmpdWould() {
    ProcStat before = procStat();
    awaitReportBegunNow();
    SnmpTools inContext = daemon.snmp().withCommunity("mme-ro");
    List<Varbind> raw =
        inContext.get(
            ProcStat.SYSTEM_STATS.stream().map(name -> "UCD-SNMP-MIB::" + name + ".0").toList());
    ProcStat after = procStat();
    List<Varbind> loads =
        inContext.get(
            List.of(
                "UCD-SNMP-MIB::laLoadInt.1",
                "UCD-SNMP-MIB::laLoadInt.2",
                "UCD-SNMP-MIB::laLoadInt.3",
                ne("vaNeGuestLoad1Min"),
                ne("vaNeGuestLoad5Min"),
                ne("vaNeGuestLoad15Min")));
    String[] loadavg = mme.read("/proc/loadavg").split(" ", 4);

    assertBetween("all CPUs", before.sumTicks(), raw, after.sumTicks());
    assertThat(inContext.get("UCD-SNMP-MIB::ssCpuNumCpus.0").asLong()).isEqualTo(VCPUS);
    Figures.show("load averages: %s, by the guest %s", loads, List.of(loadavg));
    for (int i = 0; i < 3; i++) {
      assertThat(loads.get(i).asLong()).isEqualTo(loads.get(i + 3).asLong());
      // They are recomputed every five seconds (kernel/sched/loadavg.c LOAD_FREQ, Linux 6.1).
      assertThat(loads.get(i).asLong() / 100.0)
          .isCloseTo(Double.parseDouble(loadavg[i]), within(0.3));
    }
  }

  @Test
  @Tag("full")
  void guestsThatHangOrTalkNonsenseAreShownAndDelayNobody(Lab lab) {
    try (HostProgram agents = standIns(lab);
        Payload garbage = qemuWithStandIn(lab, "garbage");
        Payload half = qemuWithStandIn(lab, "half");
        Payload huge = qemuWithStandIn(lab, "huge");
        Payload silent = qemuWithStandIn(lab, "silent")) {
      for (Payload vm : List.of(garbage, half, huge, silent)) {
        manager.awaitRow(vm.name(), true);
        Await.until("load of " + vm.name(), REPORT_LIMIT, () -> state(vm.name()) == OK);
      }
      StepWatch watch = new StepWatch(manager, manager.vm("bystander"));
      mme.signal("STOP");
      try {
        lab.run("touch", "/run/guest-agents-are-bad").orFail();
        assertFaultsAreShown(watch);
        assertAgesGrow(watch);
      } finally {
        mme.signal("CONT");
      }
      watch.until("end of the hang", REPORT_LIMIT, () -> state("mme") == OK);
      assertThat(neColumn("vaNeErrorFlag")).isZero();
      watch.end("steps beside guests that hang or talk nonsense");
      assertThat(agents.isRunning()).isTrue();
    }
  }

  private static void assertFaultsAreShown(StepWatch watch) {
    MESSAGES.forEach(
        (vm, message) -> {
          int ne = manager.ne(vm);
          String shown = "guest of " + vm + ": " + message;
          watch.until(
              shown,
              REPORT_LIMIT,
              () -> manager.neColumn("vaNeErrorMessage", ne).asText().startsWith(shown));
          assertThat(manager.neColumn("vaNeErrorFlag", ne).asLong()).isEqualTo(1);
          assertThat(state(vm)).isEqualTo(message.startsWith("refused") ? REFUSED : NOT_ANSWERING);
        });
    // A question that was under way when the VMM was stopped has another message.
    String stopped =
        "guest of mme: not answering: the VMM is stopped by a signal; SIGCONT makes it go on";
    watch.until(
        stopped,
        REPORT_LIMIT,
        () -> manager.neColumn("vaNeErrorMessage", mmeNe).asText().equals(stopped));
    assertThat(state("mme")).isEqualTo(NOT_ANSWERING);
  }

  /** And what the guests said last stays. */
  private static void assertAgesGrow(StepWatch watch) {
    List<String> names = new ArrayList<>(MESSAGES.keySet());
    names.add("mme");
    List<Long> agesMs = names.stream().map(GuestLoadIT::ageMs).toList();
    long step = manager.steps();
    watch.until("five steps more", REPORT_LIMIT, () -> manager.steps() >= step + 5);
    for (int i = 0; i < names.size(); i++) {
      assertThat(ageMs(names.get(i)) - agesMs.get(i)).as(names.get(i)).isGreaterThan(4_000);
    }
    Figures.show("ages of the last reports of %s, ms: %s", names, agesMs);
  }

  /** Listens where the VMs of {@link #qemuWithStandIn} have their guest agents. */
  private static HostProgram standIns(Lab lab) {
    String agent = Project.file("test/integration/src/test/resources/guest-agent");
    String each = "socat UNIX-LISTEN:/run/agent-$way,fork EXEC:\"%s $way %s\" &";
    String script =
        "for way in garbage half huge silent; do "
            + each.formatted(agent, "/run/guest-agents-are-bad")
            + " done; wait";
    return HostProgram.start("guest agents", lab, List.of("sh", "-c", script));
  }

  private static Payload qemuWithStandIn(Lab lab, String way) {
    return Payload.startAsQemu(
        lab,
        way,
        "--chardev",
        "socket,id=agent,server=on,wait=off,path=/run/agent-" + way,
        "--device",
        "virtserialport,chardev=agent,name=org.qemu.guest_agent.0",
        "--phase",
        "v0:idle=1000");
  }

  private static ProcStat procStat() {
    return ProcStat.parse(mme.read("/proc/stat"));
  }

  /** A report that is new may have been on its way before this call; the one after it may not. */
  private static void awaitReportBegunNow() {
    awaitReport();
    awaitReport();
  }

  private static void awaitReport() {
    long ns = idleNs();
    Await.until("new report of mme", REPORT_LIMIT, () -> state("mme") == OK && idleNs() != ns);
  }

  private static long idleNs() {
    return manager.vcpuColumn("vaVcpuGuestIdleNs", manager.vm("mme"), 0).asLong();
  }

  private static List<String> vcpuTimes() {
    List<String> names = new ArrayList<>();
    for (int cpu = 0; cpu < VCPUS; cpu++) {
      String index = "." + manager.vm("mme") + "." + (cpu + 1);
      ProcStat.VCPU_COLUMNS.forEach(column -> names.add(MODULE + column + index));
    }
    return names;
  }

  private static void assertBetween(
      String what, List<Long> before, List<Varbind> told, List<Long> after) {
    List<Long> values = told.stream().map(Varbind::asLong).toList();
    Figures.show("%s: %s, told %s, then %s", what, before, values, after);
    for (int i = 0; i < values.size(); i++) {
      assertThat(values.get(i)).as(told.get(i).name()).isBetween(before.get(i), after.get(i));
    }
    assertThat(values.stream().mapToLong(Long::longValue).sum())
        .isGreaterThan(before.stream().mapToLong(Long::longValue).sum());
  }

  private static String ne(String column) {
    return MODULE + column + "." + mmeNe;
  }

  private static long neColumn(String column) {
    return manager.neColumn(column, mmeNe).asLong();
  }

  private static long state(String ne) {
    return manager.neColumn("vaNeGuestState", manager.ne(ne)).asLong();
  }

  private static long ageMs(String ne) {
    return manager.neColumn("vaNeGuestAgeMilliseconds", manager.ne(ne)).asLong();
  }
}
