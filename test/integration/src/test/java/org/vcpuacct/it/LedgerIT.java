package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.vcpuacct.it.LedgerFigures.Line;

/** Every nanosecond of every vCPU stands on one line, and on the right one. */
@LabTest
class LedgerIT {

  /** Of each scenario; a longer one by -Dvcpuacct.it.ledger-seconds=60. */
  private static final Duration SPAN =
      Duration.ofSeconds(Integer.getInteger("vcpuacct.it.ledger-seconds", 10));

  private static final Duration BOOT_LIMIT = Duration.ofMinutes(3);

  /** Where a quota is kept to the tick. */
  private static final String TICKING_PCPU = "1";

  private static final String TICKLESS_PCPU = "2";
  private static final int SPINS = 3;

  /** About what the lab can do, so that the storm lasts for the span. */
  private static final int STORM_EXITS_PER_SECOND = 12_000;

  private static Daemon daemon;
  private static Manager manager;

  @BeforeAll
  static void startDaemon(Lab lab) {
    daemon = Daemon.on(lab).through("taskset", "-c", "0").start();
    manager = daemon.manager();
  }

  @AfterAll
  static void endDaemon() {
    daemon.close();
  }

  private static LedgerWatch watch(String vm, int vcpus) {
    manager.awaitRow(vm, true);
    return new LedgerWatch(manager, manager.vm(vm), vcpus);
  }

  @Test
  void aSpinAndAStormSideBySide(Lab lab) {
    String storm = "io=" + STORM_EXITS_PER_SECOND * SPAN.toSeconds();
    try (Payload guest =
        Payload.start(
            lab,
            "both",
            "--vcpus",
            "2",
            "--pin",
            "1,2",
            "--phase",
            "v0:spin=" + SPAN.toMillis() + ";v1:" + storm)) {
      LedgerWatch watch = watch("both", 2);
      guest.beginPhase();
      LedgerWatch.watch(SPAN, watch);
      guest.awaitPhase();
      List<LedgerFigures> added = watch.end("spin and storm");

      assertThat(added.get(0).ns(Line.GUEST)).isGreaterThan(SPAN.toNanos() * 9 / 10);
      assertThat(added.get(0).ns(Line.VMM)).isLessThan(SPAN.toNanos() / 100);
      for (Line busy : List.of(Line.GUEST, Line.EXIT, Line.VMM)) {
        assertThat(added.get(1).percent(busy)).as("%s of the storm", busy).isGreaterThan(5);
      }
    }
  }

  /**
   * Alone on a pCPU without a tick. A thread of the host that comes there now and then takes its
   * time from the spin: the median of three says what a spin is.
   */
  @Test
  void aSpinIsGuestTime(Lab lab) {
    List<String> options = new ArrayList<>(List.of("--pin", TICKLESS_PCPU));
    for (int spin = 0; spin < SPINS; spin++) {
      options.addAll(List.of("--phase", "v0:spin=2000"));
    }
    try (Payload guest = Payload.start(lab, "short", options.toArray(String[]::new))) {
      List<Double> guestMs = new ArrayList<>();
      for (int spin = 0; spin < SPINS; spin++) {
        LedgerWatch watch = watch("short", 1);
        guest.runPhase();
        guestMs.add(watch.end("spin of 2000 ms").get(0).ns(Line.GUEST) / 1e6);
      }
      Collections.sort(guestMs);
      assertThat(guestMs.get(SPINS / 2)).isCloseTo(2000, within(20.0));
    }
  }

  /** Side by side, so that one span of time is enough for all; each on pCPUs of its own. */
  @Test
  @Tag("each-kernel")
  void everyKindOfWaitingAndSleep(Lab lab) {
    String spin = "spin=" + SPAN.toMillis();
    String group = newGroupWithQuota(lab, "30000 100000");
    try (LinuxGuest linux = LinuxGuest.start(lab, "linux", "--vcpus", "2", "--workload", "idle");
        Payload pair =
            Payload.start(
                lab,
                "pair",
                "--vcpus",
                "2",
                "--pin",
                TICKLESS_PCPU,
                "--phase",
                "v0:" + spin + ";v1:" + spin);
        Payload quota =
            Payload.start(lab, "quota", "--pin", TICKING_PCPU, "--phase", "v0:" + spin);
        Payload frozen =
            Payload.start(lab, "frozen", "--pin", TICKING_PCPU, "--phase", "v0:spin=1000")) {
      lab.run("sh", "-c", "echo " + quota.pid() + " > " + group + "/cgroup.procs").orFail();
      LedgerWatch idle = watch(linux.name(), 2);
      LedgerWatch contention = watch("pair", 2);
      LedgerWatch throttling = watch("quota", 1);
      LedgerWatch stop = watch("frozen", 1);
      frozen.beginPhase();
      lab.run("kill", "-STOP", Integer.toString(frozen.pid())).orFail();
      pair.beginPhase();
      quota.beginPhase();
      LedgerWatch.watch(SPAN, idle, contention, throttling, stop);
      lab.run("kill", "-CONT", Integer.toString(frozen.pid())).orFail();
      frozen.awaitPhase();

      assertShared(contention, pair.awaitPhase());
      assertThrottled(throttling, quota.awaitPhase());
      assertThat(stop.end("SIGSTOP").get(0).ns(Line.BLOCKED_VMM)).isGreaterThan(SPAN.toNanos());
      assertThat(idle.end("idle Linux"))
          .allSatisfy(added -> assertThat(added.percent(Line.HALTED)).isGreaterThan(80));
    } finally {
      lab.run("rmdir", group);
    }
  }

  private static String newGroupWithQuota(Lab lab, String cpuMax) {
    String group = "/sys/fs/cgroup/quota";
    String script = "mkdir -p " + group + " && echo '" + cpuMax + "' > " + group + "/cpu.max";
    lab.run("sh", "-c", script).orFail();
    return group;
  }

  private static void assertShared(LedgerWatch contention, long phaseNs) {
    for (LedgerFigures added : contention.end("contention")) {
      double waited = 100.0 * added.ns(Line.WAIT_PREEMPTED) / phaseNs;
      Figures.show("contention: preempted %.2f %% of the phase", waited);
      assertThat(waited).isCloseTo(50, within(2.0));
    }
  }

  private static void assertThrottled(LedgerWatch throttling, long phaseNs) {
    LedgerFigures added = throttling.end("quota of 30 %").get(0);
    // What other threads of the host took from it is no matter of the quota.
    long governedNs = phaseNs - added.ns(Line.WAIT_PREEMPTED);
    double throttled = 100.0 * added.ns(Line.THROTTLED) / governedNs;
    Figures.show("throttled %.2f %% of the phase", throttled);
    assertThat(throttled).isCloseTo(70, within(3.0));
  }

  /** A Linux guest from its first instruction on: it is found while it boots. */
  @Test
  @Tag("full")
  void aLinuxGuestBoots(Lab lab) {
    try (Program starting = lab.begin(List.of("guest", "start", "booting", "--vcpus", "2"))) {
      LedgerWatch watch = watch("booting", 2);
      LedgerWatch.watch(SPAN, watch);
      for (LedgerFigures added : watch.end("booting Linux")) {
        assertThat(added.ns(Line.GUEST)).isPositive();
      }
      assertThat(starting.await(BOOT_LIMIT).status()).isZero();
    } finally {
      lab.script(List.of("guest", "stop", "booting"));
    }
  }

  /** The VMM is busy for 50 us at each exit: that is the VMM's time, not the exit's. */
  @Test
  void theVmmsOwnTimeIsNotTheExits(Lab lab) {
    int exits = 20_000;
    try (Payload guest =
        Payload.start(
            lab,
            "vmm",
            "--pin",
            "1",
            "--phase",
            "v0:vmmspin=50:2000",
            "--phase",
            "v0:io=" + exits,
            "--phase",
            "v0:vmmspin=50:" + exits)) {
      guest.runPhase(); // the emulator translates code when it first runs
      LedgerWatch watch = watch("vmm", 1);
      guest.runPhase();
      LedgerFigures plain = watch.end("plain exits").get(0);
      LedgerWatch spinning = watch("vmm", 1);
      guest.runPhase();
      LedgerFigures busy = spinning.end("VMM busy for 50 us").get(0);

      double moreVmmUs = (busy.ns(Line.VMM) - plain.ns(Line.VMM)) / 1e3 / exits;
      double moreExitUs = (busy.ns(Line.EXIT) - plain.ns(Line.EXIT)) / 1e3 / exits;
      Figures.show("an exit more: VMM %.1f us, EXIT %.1f us", moreVmmUs, moreExitUs);
      // The VMM looks at the clock until 50 us have passed. What else it does at an exit takes now
      // more and now less time under emulation.
      assertThat(busy.ns(Line.VMM) / 1e3 / exits).isGreaterThan(50);
      assertThat(moreVmmUs).isBetween(40.0, 70.0);
      assertThat(moreExitUs).isCloseTo(0, within(10.0));
    }
  }

  @Test
  void pollingIsWhatTheKernelCounts(Lab lab) {
    try (Payload guest =
        Payload.start(lab, "poll", "--vcpus", "2", "--phase", "v0:hlt=200:3000;v1:hlt=1000:1000")) {
      LedgerWatch watch = watch("poll", 2);
      long kernelBefore = kernelPollNs("poll");
      guest.runPhase();
      long polledNs = watch.end("halts").stream().mapToLong(added -> added.ns(Line.POLL)).sum();
      long kernelNs = kernelPollNs("poll") - kernelBefore;

      Figures.show("polled %d ns, by KVM's own count %d ns", polledNs, kernelNs);
      assertThat(kernelNs).isPositive();
      assertThat(polledNs).isEqualTo(kernelNs);
    }
  }

  private static long kernelPollNs(String vmName) {
    int vm = manager.vm(vmName);
    return manager.vmColumn("vaVmKvmHaltPollSuccessNs", vm).asLong()
        + manager.vmColumn("vaVmKvmHaltPollFailNs", vm).asLong();
  }
}
