package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** CPU time and wait, against the guest's own clock. */
@LabTest
@Tag("full")
class CpuTimeIT {

  private static final Duration SPIN = Duration.ofSeconds(10);

  /** A guest that says it is up still has work of its boot to do. */
  private static final Duration SETTLING = Duration.ofSeconds(15);

  private static final Offset<Double> ONE_PERCENT = within(1.0);
  private static final Offset<Double> THREE_POINTS = within(3.0);

  /** Shares of the last interval are in hundredths of a percent. */
  private static final double SHARES_PER_PERCENT = 100.0;

  private static Daemon daemon;
  private static Manager manager;

  /** On a pCPU of its own: it must not compete with what it measures. */
  @BeforeAll
  static void startDaemon(Lab lab) {
    daemon = Daemon.on(lab).through("taskset", "-c", "0").start();
    manager = daemon.manager();
  }

  @AfterAll
  static void endDaemon() {
    daemon.close();
  }

  @Test
  void aSpinningVcpuHasAllOfWallTimeAsCpuTime(Lab lab) {
    try (Payload guest =
        Payload.start(lab, "spin", "--pin", "1", "--phase", "v0:spin=" + SPIN.toMillis())) {
      manager.awaitRow("spin", true);
      int vm = manager.vm("spin");
      VcpuFigures before = newFigures(vm, 0);
      long wallNs = guest.runPhase();
      VcpuFigures added = newFigures(vm, 0).since(before);

      Figures.show(
          "spin of %.3f s: CPU %.3f %%, wait %.3f %%",
          wallNs / 1e9, added.cpuPercentOf(wallNs), added.waitPercentOf(wallNs));
      assertThat(added.cpuPercentOf(wallNs)).isCloseTo(100, ONE_PERCENT);
    }
  }

  @Test
  void twoVcpusSpinningOnOnePcpuWaitHalfOfTheTimeEach(Lab lab) {
    String spin = "spin=" + SPIN.toMillis();
    try (Payload guest =
        Payload.start(
            lab, "rivals", "--vcpus", "2", "--pin", "1", "--phase", "v0:" + spin + ";v1:" + spin)) {
      manager.awaitRow("rivals", true);
      int vm = manager.vm("rivals");
      List<VcpuFigures> before = List.of(newFigures(vm, 0), newFigures(vm, 1));
      guest.beginPhase();
      List<List<Double>> shares = waitSharesMeanwhile(vm);
      long wallNs = guest.awaitPhase();

      for (int vcpu = 0; vcpu < 2; vcpu++) {
        VcpuFigures added = newFigures(vm, vcpu).since(before.get(vcpu));
        double meanShare =
            shares.get(vcpu).stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        Figures.show(
            "rival vCPU %d: wait %.2f %%, CPU %.2f %% of %.3f s; shares of intervals %s",
            vcpu,
            added.waitPercentOf(wallNs),
            added.cpuPercentOf(wallNs),
            wallNs / 1e9,
            shares.get(vcpu));
        assertThat(added.waitPercentOf(wallNs)).isCloseTo(50, THREE_POINTS);
        assertThat(added.cpuPercentOf(wallNs)).isCloseTo(50, THREE_POINTS);
        assertThat(meanShare).as("share shown").isCloseTo(50, THREE_POINTS);
      }
    }
  }

  /** The share of wait that both vCPUs show after each of some intervals in the midst of a spin. */
  private static List<List<Double>> waitSharesMeanwhile(int vm) {
    List<List<Double>> shares = List.of(new ArrayList<>(), new ArrayList<>());
    long step = manager.steps() + 2;
    for (int i = 0; i < 5; i++) {
      manager.awaitStep(step + i);
      for (int vcpu = 0; vcpu < 2; vcpu++) {
        long share = manager.vcpuColumn("vaVcpuShareWaitLast", vm, vcpu).asLong();
        shares.get(vcpu).add(share / SHARES_PER_PERCENT);
      }
    }
    return shares;
  }

  @Test
  void anIdleLinuxGuestTakesLittle(Lab lab) {
    try (LinuxGuest guest = LinuxGuest.start(lab, "idler", "--vcpus", "2", "--workload", "idle")) {
      manager.awaitRow(guest.name(), true);
      int vm = manager.vm(guest.name());
      Await.sleep(SETTLING);
      List<VcpuFigures> before = List.of(newFigures(vm, 0), newFigures(vm, 1));
      Await.sleep(SPIN);

      for (int vcpu = 0; vcpu < 2; vcpu++) {
        VcpuFigures added = newFigures(vm, vcpu).since(before.get(vcpu));
        double percent = added.cpuPercentOf(added.wallNs());
        Figures.show("idle vCPU %d: CPU %.2f %%", vcpu, percent);
        assertThat(percent).isBetween(0.0, 5.0);
      }
    }
  }

  private static VcpuFigures newFigures(int vm, int vcpu) {
    manager.awaitNewFigures();
    return manager.vcpu(vm, vcpu);
  }
}
