package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the ledger in the kernel takes, what it leaves behind, and what becomes of a host without.
 */
@LabTest
class ExactTierIT {

  private static final int UNUSABLE = 2;
  private static final int LIMITS_FOUND = 1;

  private static final Duration RELEASE_LIMIT = Duration.ofSeconds(10);

  /** Of the programs that every host gets. */
  private static final String PROGRAM = "sched_switch";

  /** CAP_DAC_READ_SEARCH, CAP_SYS_PTRACE and CAP_PERFMON. */
  private static final long KEPT_CAPABILITIES = 1L << 2 | 1L << 19 | 1L << 38;

  /** Names that the threads of a JVM begin with, and those of what is loaded before the ledger. */
  private static final List<String> JVM_THREADS =
      List.of(
          "java",
          "VM ",
          "C1 ",
          "Sweeper",
          "Monitor Def",
          "Service Thr",
          "Notification Th",
          "Signal Disp",
          "Reference Han",
          "Finalizer",
          "Common-Clean",
          "JNA Clean",
          "process rea");

  @Test
  @Tag("each-kernel")
  void nothingStaysInTheKernelHoweverTheDaemonEnds(Lab lab) {
    assertThat(programs(lab)).isZero();
    try (Daemon daemon = Daemon.on(lab).start()) {
      assertThat(programs(lab)).isEqualTo(1);
      daemon.kill();
      awaitNoPrograms(lab);
      try (Daemon next = Daemon.on(lab).stateDir(daemon.stateDir()).start()) {
        assertThat(next.log()).contains("tier exact");
        assertThat(programs(lab)).isEqualTo(1);
        next.stop();
        awaitNoPrograms(lab);
      }
    }
  }

  /** The kernel lets go of the last of them after the process has ended, in work of its own. */
  private static void awaitNoPrograms(Lab lab) {
    Await.until("kernel without programs", RELEASE_LIMIT, () -> programs(lab) == 0);
  }

  private static long programs(Lab lab) {
    return lab.run("bpftool", "prog", "list")
        .orFail()
        .out()
        .lines()
        .filter(line -> line.contains("name " + PROGRAM))
        .count();
  }

  @Test
  @Tag("full")
  void aSecondDaemonSaysThatThereIsOneAndStops(Lab lab) {
    try (Daemon daemon = Daemon.on(lab).start()) {
      String config =
          lab.put("second.toml", "[agent]\nstate-dir = \"" + daemon.stateDir() + "\"\n");
      Program.Result second = Vcpuacct.run(lab, "run", "--config", config);

      Figures.show("second daemon: %s", second.err().strip());
      assertThat(second.status()).isEqualTo(UNUSABLE);
      assertThat(second.err().lines())
          .singleElement()
          .asString()
          .contains("another vcpuacct runs here", "process " + daemon.pid(), daemon.stateDir());
      assertThat(programs(lab)).isEqualTo(1);
    }
  }

  /**
   * As the systemd unit runs it. What was needed to load the ledger, the threads that do the work
   * have no more; those of the JVM keep it, see docs/security.md.
   */
  @Test
  void asTheUnitsUserItMeasuresAllAndGivesUpWhatLoadingTook(Lab lab) {
    try (Daemon daemon = ServiceUnit.start(lab);
        Payload guest = Payload.start(lab, "as-service", "--phase", "v0:io=2000,cpuid=3000")) {
      ExitFigures added = phase(daemon, guest);
      assertThat(daemon.log()).contains("tier exact");
      assertThat(added.of("io")).isEqualTo(2_000);
      assertThat(added.of("cpuid")).isEqualTo(3_000);
      assertThat(daemon.manager().limits()).isEmpty();

      Map<String, CapabilitySets> byThread = CapabilitySets.byThread(lab, daemon.pid());
      Figures.show("threads of the daemon: %s", byThread);
      assertThat(CapabilitySets.of(lab, daemon.pid()))
          .as("of the thread that started the JVM")
          .isEqualTo(CapabilitySets.ambient(ServiceUnit.capabilities()));
      byThread.keySet().removeIf(name -> JVM_THREADS.stream().anyMatch(name::startsWith));
      assertThat(byThread).containsKeys("sampler", "snmp.0");
      assertThat(byThread.values()).containsOnly(CapabilitySets.forItself(KEPT_CAPABILITIES));
    }
  }

  @Test
  void withoutTypeInformationTheNextTierIsTaken(Lab lab) {
    String hide = "mount -t tmpfs none /sys/kernel/btf && exec \"$@\"";
    Program.Result check =
        Vcpuacct.through(lab, List.of("unshare", "--mount", "sh", "-c", hide, "sh"), "check");

    Figures.show("check without BTF%n%s", check);
    assertThat(check.status()).isEqualTo(LIMITS_FOUND);
    assertThat(check.out()).contains("gets   counted", "type information", "CONFIG_DEBUG_INFO_BTF");
  }

  @Test
  void theTierCountedStillCountsWhatTheGuestDoes(Lab lab) {
    try (Daemon daemon = Daemon.on(lab).bestTier("counted").start();
        Payload guest =
            Payload.start(lab, "counted", "--phase", "v0:io=5000,cpuid=3000,msr=700,hlt=50")) {
      ExitFigures added = phase(daemon, guest);
      Figures.show("tier counted: %s", added);
      assertThat(daemon.log()).contains("tier counted");
      assertThat(added.of("io")).isEqualTo(5_000);
      assertThat(added.of("cpuid")).isEqualTo(3_000);
      assertThat(added.of("msr-other")).isEqualTo(700);
      assertThat(added.of("hlt")).isEqualTo(50);
      assertThat(added.total()).isEqualTo(added.sum());
      Manager manager = daemon.manager();
      int vm = manager.vm(guest.name());
      assertThat(manager.vcpuColumn("vaVcpuLineExitNs", vm, 0).isPresent()).isFalse();
    }
  }

  /** Lockdown cannot be taken back, so it gets a kernel of its own. */
  @Test
  @Tag("full")
  void aKernelInLockdownStillCounts(Lab lab) {
    try (Lab locked = lab.bootAnother();
        Payload guest = Payload.start(locked, "locked", "--phase", "v0:io=2000,cpuid=3000")) {
      String lock =
          "mount -t securityfs securityfs /sys/kernel/security;"
              + " echo confidentiality > /sys/kernel/security/lockdown";
      locked.run("sh", "-c", lock).orFail();
      Program.Result check = Vcpuacct.run(locked, "check");

      Figures.show("check under lockdown%n%s", check);
      assertThat(check.status()).isEqualTo(LIMITS_FOUND);
      assertThat(check.out())
          .contains("VMs    1", "gets   counted", "limit  the kernel is in lockdown mode");
      try (Daemon daemon = Daemon.on(locked).start()) {
        ExitFigures added = phase(daemon, guest);
        assertThat(added.of("io")).isEqualTo(2_000);
        assertThat(added.of("cpuid")).isEqualTo(3_000);
      }
    }
  }

  private static ExitFigures phase(Daemon daemon, Payload guest) {
    Manager manager = daemon.manager();
    manager.awaitRow(guest.name(), true);
    int vm = manager.vm(guest.name());
    manager.awaitNewFigures();
    ExitFigures before = manager.exits(vm, 0);
    guest.runPhase();
    manager.awaitNewFigures();
    return manager.exits(vm, 0).since(before);
  }
}
