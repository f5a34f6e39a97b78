package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** CAP_DAC_READ_SEARCH, CAP_NET_BIND_SERVICE, CAP_SYS_PTRACE and CAP_PERFMON. */
  private static final long NEEDED_CAPABILITIES = 1L << 2 | 1L << 10 | 1L << 19 | 1L << 38;

  @Test
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
  @Tag("any-kernel")
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

  /** They were needed to load the ledger; the threads that do the work have them no more. */
  @Test
  @Tag("any-kernel")
  void capabilitiesThatAreNotNeededAreGivenUp(Lab lab) {
    try (Daemon daemon = Daemon.on(lab).start()) {
      Map<String, Long> byThread = effectiveCapabilities(lab, daemon.pid());

      Figures.show("threads of the daemon: %s", byThread.keySet());
      assertThat(byThread).containsEntry("sampler", NEEDED_CAPABILITIES);
      assertThat(byThread).containsEntry("snmp.0", NEEDED_CAPABILITIES);
    }
  }

  /**
   * By the name of the thread; of several with one name, what any of them has. A thread of the JVM
   * may end while it is asked.
   */
  private static Map<String, Long> effectiveCapabilities(Lab lab, int pid) {
    String script =
        "cd /proc/"
            + pid
            + "/task; for t in *; do"
            + " if caps=$(sed -n 's/^CapEff:\\s*//p' $t/status) && name=$(cat $t/comm);"
            + " then echo \"$caps $name\"; fi; done";
    Map<String, Long> byThread = new TreeMap<>();
    for (String line : lab.run("sh", "-c", script).orFail().out().lines().toList()) {
      String[] words = line.split(" ", 2);
      byThread.merge(words[1], Long.parseUnsignedLong(words[0], 16), (a, b) -> a | b);
    }
    return byThread;
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
  @Tag("any-kernel")
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
