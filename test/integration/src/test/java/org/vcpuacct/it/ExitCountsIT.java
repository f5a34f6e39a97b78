package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Exits are counted one by one: a guest makes a number known beforehand. */
@LabTest
@Tag("each-kernel")
class ExitCountsIT {

  /** Of the storm; a longer one by -Dvcpuacct.it.storm-exits=1000000. */
  private static final int STORM_EXITS = Integer.getInteger("vcpuacct.it.storm-exits", 250_000);

  private static Daemon daemon;
  private static Manager manager;

  @BeforeAll
  static void startDaemon(Lab lab) {
    daemon = Daemon.on(lab).start();
    manager = daemon.manager();
  }

  @AfterAll
  static void endDaemon() {
    daemon.close();
  }

  /** What the exits of both vCPUs and KVM's own count of the VM's exits added to. */
  private record Added(ExitFigures vcpu0, ExitFigures vcpu1, long kvmExits) {

    Added since(Added earlier) {
      return new Added(
          vcpu0.since(earlier.vcpu0), vcpu1.since(earlier.vcpu1), kvmExits - earlier.kvmExits);
    }
  }

  @Test
  void portWritesOfTwoVcpusAreCountedExactly(Lab lab) {
    int ofVcpu0 = STORM_EXITS * 3 / 5;
    int ofVcpu1 = STORM_EXITS - ofVcpu0;
    String phase = "v0:io=%d;v1:io=%d".formatted(ofVcpu0, ofVcpu1);
    try (Payload guest = Payload.start(lab, "storm", "--vcpus", "2", "--phase", phase)) {
      Added added = runPhase(guest);

      assertThat(added.vcpu0().of("io")).isEqualTo(ofVcpu0);
      assertThat(added.vcpu1().of("io")).isEqualTo(ofVcpu1);
      assertConsistent(added);
    }
  }

  @Test
  void everyClassThatAGuestCanCauseIsCountedExactly(Lab lab) {
    String vcpu0 = "v0:mmio=3000,cpuid=5000,hypercall=7000,msr=1100,hlt=130";
    String vcpu1 = "v1:hlt=170,msr=1900,hypercall=2300,cpuid=2900,io=3100";
    try (Payload guest =
        Payload.start(lab, "classes", "--vcpus", "2", "--phase", vcpu0 + ";" + vcpu1)) {
      Added added = runPhase(guest);

      // Each op ends with one MMIO write, each HLT does, and mmio=N counts its own end in its N.
      assertCounts(
          added.vcpu0(),
          Map.of("cpuid", 5000, "hypercall", 7000, "msr-other", 1100, "hlt", 130),
          3000 + 1 + 1 + 1 + 130);
      assertCounts(
          added.vcpu1(),
          Map.of("io", 3100, "cpuid", 2900, "hypercall", 2300, "msr-other", 1900, "hlt", 170),
          170 + 1 + 1 + 1 + 1);
      assertConsistent(added);
    }
  }

  private static void assertCounts(
      ExitFigures exits, Map<String, Integer> expected, long expectedMmio) {
    expected.forEach(
        (name, count) -> assertThat(exits.of(name)).as(name).isEqualTo(count.longValue()));
    assertThat(exits.of("mmio")).as("mmio").isEqualTo(expectedMmio);
    for (String never : List.of("msr-timer", "ipi", "cr-dr", "exception", "nested", "other")) {
      assertThat(exits.of(never)).as(never).isZero();
    }
  }

  /** Nothing falls between the classes, and KVM counts the same exits by its own means. */
  private static void assertConsistent(Added added) {
    assertThat(added.vcpu0().total()).isEqualTo(added.vcpu0().sum());
    assertThat(added.vcpu1().total()).isEqualTo(added.vcpu1().sum());
    assertThat(added.vcpu0().total() + added.vcpu1().total()).isEqualTo(added.kvmExits());
  }

  private static Added runPhase(Payload guest) {
    manager.awaitRow(guest.name(), true);
    int vm = manager.vm(guest.name());
    Added before = quietExits(vm);
    long wallNs = guest.runPhase();
    Added added = quietExits(vm).since(before);
    Figures.show(
        "%s: %.1f s, v0 %s, v1 %s, KVM %d",
        guest.name(), wallNs / 1e9, added.vcpu0(), added.vcpu1(), added.kvmExits());
    return added;
  }

  /** The exits of a guest that is in no phase: they stand still, so several requests make one. */
  private static Added quietExits(int vm) {
    manager.awaitNewFigures();
    return new Added(
        manager.exits(vm, 0), manager.exits(vm, 1), manager.vmColumn("vaVmKvmExits", vm).asLong());
  }
}
