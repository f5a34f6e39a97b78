package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a row of vaNeTable says of guests whose load is known. */
@LabTest
class NetworkElementIT {

  private static final String SETS =
      """
      [[ne]]
      name = "epc"
      vms = ["mme-*", "sgw"]

      [[ne]]
      name = "ims"
      vms = ["ims"]
      """;

  private static Daemon daemon;
  private static Manager manager;

  @BeforeAll
  static void startDaemon(Lab lab) {
    daemon = Daemon.on(lab).snmp(SETS).through("taskset", "-c", "0").start();
    manager = daemon.manager();
  }

  @AfterAll
  static void endDaemon() {
    daemon.close();
  }

  /** The figures of an interval that began after this call. */
  private static NeFigures figures(String ne, String phase) {
    manager.awaitNewFigures();
    manager.awaitNewFigures();
    NeFigures figures = manager.neFigures(manager.ne(ne));
    Figures.show("network element, %s: %s", phase, figures);
    assertThat(figures.sum()).isCloseTo(100, within(0.1));
    assertThat(figures.load())
        .isCloseTo(figures.useful() + figures.overhead() + figures.contention(), within(0.1));
    return figures;
  }

  @Test
  void theCauseIsDemandOrOverheadAsTheGuestHasIt(Lab lab) {
    try (Payload guest =
        Payload.start(
            lab,
            "demand",
            "--pin",
            "2",
            "--phase",
            "v0:spin=10000",
            "--phase",
            "v0:vmmspin=50:120000")) {
      manager.awaitRow("demand", true);
      guest.beginPhase();
      NeFigures spin = figures("demand", "spin");
      guest.awaitPhase();
      guest.beginPhase();
      NeFigures storm = figures("demand", "busy VMM");
      guest.awaitPhase();

      assertThat(spin.cause()).isEqualTo(NeFigures.DEMAND);
      assertThat(spin.useful()).isGreaterThan(90);
      assertThat(storm.cause()).isEqualTo(NeFigures.OVERHEAD);
      assertThat(storm.load()).isGreaterThan(90);
      assertThat(storm.contributors()).startsWith("VMM ").contains("IO exits ");
    }
  }

  @Test
  void aSetIsOneRowAndItsCauseIsContentionWhereItsVmsTakeTurns(Lab lab) {
    String spin = "v0:spin=60000"; // longer than it is watched
    try (Payload mme = Payload.start(lab, "mme-1", "--pin", "2", "--phase", spin);
        Payload sgw = Payload.start(lab, "sgw", "--pin", "2", "--phase", spin)) {
      manager.awaitRow("mme-1", true);
      manager.awaitRow("sgw", true);
      mme.beginPhase();
      sgw.beginPhase();
      NeFigures both = figures("epc", "two VMs on one pCPU");
      int epc = manager.ne("epc");

      assertThat(manager.neColumn("vaNeVms", epc).asLong()).isEqualTo(2);
      assertThat(manager.neColumn("vaNeVcpus", epc).asLong()).isEqualTo(2);
      assertThat(both.contention()).isCloseTo(50, within(5.0));
      assertThat(both.contributors()).startsWith("WAIT_PREEMPTED ");
      assertThat(manager.neColumn("vaNeErrorFlag", epc).asLong()).isZero();
    }
  }

  @Test
  void aSetWithoutVmsSaysSo() {
    int ims = manager.ne("ims");

    assertThat(manager.neColumn("vaNeVms", ims).asLong()).isZero();
    assertThat(manager.neColumn("vaNeErrorFlag", ims).asLong()).isEqualTo(1);
    assertThat(manager.neColumn("vaNeErrorMessage", ims).asText())
        .isEqualTo("none of its VMs is running");
    assertThat(manager.neColumn("vaNeLoadLast", ims).isPresent()).isFalse();
    assertThat(manager.neColumn("vaNeWallNs", ims).isPresent()).isFalse();
  }

  @Test
  @Tag("full")
  void theVmmsOwnThreadsAreChargedToTheVm(Lab lab) {
    try (LinuxGuest guest =
        LinuxGuest.start(lab, "threads", "--vcpus", "1", "--workload", "idle")) {
      manager.awaitRow("threads", true);
      int vm = manager.vm("threads");
      int pid = guest.pid();
      LongSupplier shown = () -> manager.threadColumn("vaThreadCpuNs", vm, pid).asLong();
      manager.awaitNewFigures();
      long outerBegin = cpuNs(lab, pid);
      manager.awaitNewFigures();
      long begin = shown.getAsLong();
      long innerBegin = cpuNs(lab, pid);
      askMonitor(lab, "threads");
      long inner = cpuNs(lab, pid) - innerBegin;
      manager.awaitNewFigures();
      long byDaemon = shown.getAsLong() - begin;
      long outer = cpuNs(lab, pid) - outerBegin;

      Figures.show("emulator thread: %d ns, by the kernel %d to %d ns", byDaemon, inner, outer);
      assertThat(inner).isPositive();
      assertThat(byDaemon).isBetween(inner, outer);
      assertThat(manager.threadColumn("vaThreadKind", vm, pid).asLong()).isEqualTo(1);
    }
  }

  /** The VMM's main loop answers. */
  private static void askMonitor(Lab lab, String guest) {
    String questions = "{\"execute\":\"qmp_capabilities\"}{\"execute\":\"query-cpus-fast\"}";
    String script =
        "for i in 1 2 3 4 5; do echo '%s' | socat -t 1 - UNIX-CONNECT:/run/lab/guests/%s/qmp.sock; done";
    lab.run("sh", "-c", script.formatted(questions, guest)).orFail();
  }

  private static long cpuNs(Lab lab, int pid) {
    String text = lab.run("cat", "/proc/" + pid + "/task/" + pid + "/schedstat").orFail().out();
    return Long.parseLong(text.split(" ", 2)[0]);
  }
}
