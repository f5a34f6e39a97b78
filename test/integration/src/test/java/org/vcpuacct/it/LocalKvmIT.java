package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Guests on this machine's own KVM, of whatever flavour. Where there is none, the tests in the lab
 * cover the same ground.
 */
@Isolated("its guests and its figures need all CPUs")
class LocalKvmIT {

  private static final long SPIN_MS = 10_000;
  private static final int TIER_EXACT = 1;

  private final ThisMachine host = new ThisMachine();
  private Daemon daemon;

  @BeforeEach
  void startDaemon() {
    assumeTrue(kvmOpens(), "/dev/kvm cannot be opened on this machine: only the lab is tested");
    daemon = Daemon.on(host).start();
  }

  @AfterEach
  void end() {
    if (daemon != null) {
      daemon.close();
    }
    host.close();
  }

  @Test
  void aSpinningVcpuHasAllOfWallTimeAsCpuTimeOrWait() {
    try (Payload guest =
        Payload.start(host, "spin", "--vcpus", "2", "--phase", "v0:spin=" + SPIN_MS)) {
      Manager manager = daemon.manager();
      manager.awaitRow(guest.name(), true);
      int vm = manager.vm(guest.name());
      assertThat(manager.threads(vm)).isEqualTo(guest.threads());

      VcpuFigures before = newFigures(vm);
      long wallNs = guest.runPhase();
      VcpuFigures added = newFigures(vm).since(before);
      double cpu = added.cpuPercentOf(wallNs);
      double wait = added.waitPercentOf(wallNs);
      Figures.show("here, spin of %.3f s: CPU %.3f %%, wait %.3f %%", wallNs / 1e9, cpu, wait);
      // This machine is not ours alone: what others take of the CPU is a wait.
      assertThat(cpu + wait).isCloseTo(100, within(1.0));
    }
  }

  @Test
  void exitsAreCountedOrAbsentAndNeverZero() {
    try (Payload guest = Payload.start(host, "storm", "--phase", "v0:io=20000")) {
      Manager manager = daemon.manager();
      manager.awaitRow(guest.name(), true);
      int vm = manager.vm(guest.name());
      newFigures(vm);
      guest.runPhase();
      newFigures(vm);
      Varbind exits = manager.vcpuColumn("vaVcpuExits", vm, 0);
      Figures.show("here, after 20000 port writes: %s", exits);
      assertThat(!exits.isPresent() || exits.asLong() >= 20_000).isTrue();
    }
  }

  /**
   * A KVM that runs guests and does not fire its tracepoints, as a paravirtual one, is found out:
   * the guest's part of the time is then not told, instead of invented.
   */
  @Test
  void theGuestsPartIsExactOrRefused() {
    daemon.close();
    String withTracefs = "mount -t tracefs tracefs /sys/kernel/tracing; exec \"$@\"";
    daemon = Daemon.on(host).through("unshare", "--mount", "sh", "-c", withTracefs, "sh").start();
    assumeTrue(
        daemon.log().contains("tier exact"), "this machine's kernel does not load the ledger");
    try (Payload guest =
        Payload.start(host, "traced", "--phase", "v0:io=20000", "--phase", "v0:io=20000")) {
      Manager manager = daemon.manager();
      manager.awaitRow(guest.name(), true);
      int vm = manager.vm(guest.name());
      newFigures(vm);
      guest.runPhase();
      newFigures(vm);
      guest.runPhase();
      newFigures(vm);

      long tier = manager.vcpuColumn("vaVcpuTier", vm, 0).asLong();
      Figures.show("here, after two storms: tier %d, limits %s", tier, manager.limits());
      if (tier == TIER_EXACT) {
        assertThat(manager.exits(vm, 0).of("io")).isEqualTo(40_000);
      } else {
        assertThat(manager.vcpuColumn("vaVcpuLineExitNs", vm, 0).isPresent()).isFalse();
        assertThat(manager.limits().toString()).contains("failed its self-test", "exits");
      }
    }
  }

  /** QEMU itself says which threads are right. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyVcpuOfQemuHasItsThread(boolean debugThreads) throws IOException {
    Path socket = host.newFolder().resolve("qmp");
    String monitor = "unix:" + socket + ",server=on,wait=off";
    try (Firmware qemu = Firmware.start(host, "firmware", debugThreads, "-qmp", monitor)) {
      Manager manager = daemon.manager();
      manager.awaitRow("firmware", true);
      int vm = manager.vm("firmware");
      assertThat(manager.vmColumn("vaVmProcessId", vm).asLong()).isEqualTo(qemu.pid());
      assertThat(manager.vmColumn("vaVmVcpus", vm).asLong()).isEqualTo(2);
      Await.until("both threads", Duration.ofMinutes(1), () -> manager.threads(vm).size() == 2);
      Map<Integer, Integer> told = manager.threads(vm);
      Figures.show("here, QEMU, debug-threads %s: threads %s", debugThreads, told);
      assertThat(told).isEqualTo(QemuMonitor.threadsAndQuit(socket));
    }
  }

  private VcpuFigures newFigures(int vm) {
    daemon.manager().awaitNewFigures();
    return daemon.manager().vcpu(vm, 0);
  }

  private static boolean kvmOpens() {
    try (RandomAccessFile kvm = new RandomAccessFile("/dev/kvm", "rw")) {
      return kvm.getFD().valid();
    } catch (IOException e) {
      return false;
    }
  }
}
