package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** VMs of different VMMs are found, with their names and the right thread of every vCPU. */
@LabTest
class DiscoveryIT {

  private static final String UUID = "b2c9ad3e-5a1f-4b0e-9d5e-0f6a51c7d001";
  private static final int BY_DEBUGFS = 1;
  private static final int BY_BPF = 5;
  private static final int VMM_QEMU = 1;
  private static final int VMM_OTHER = 6;

  private static final List<AutoCloseable> guests = new ArrayList<>();
  private static LinuxGuest linux;
  private static Firmware plainQemu;
  private static Payload named;
  private static Payload unnamed;
  private static Payload twin;

  @BeforeAll
  static void startGuests(Lab lab) {
    linux = keep(LinuxGuest.start(lab, "linux", "--vcpus", "2", "--uuid", UUID));
    plainQemu = keep(Firmware.start(lab, "firmware, 2", false));
    String[] phase = {"--phase", "v0:idle=1000"};
    named = keep(Payload.start(lab, "payload", with(phase, "--vcpus", "3", "--uuid", UUID)));
    unnamed = keep(Payload.start(lab, "twin", with(phase, "--vcpus", "2", "--no-thread-names")));
    twin = keep(Payload.start(lab, "twin", with(phase, "--vcpus", "1")));
  }

  @AfterAll
  static void endGuests() throws Exception {
    for (AutoCloseable guest : guests) {
      guest.close();
    }
  }

  private static <T extends AutoCloseable> T keep(T guest) {
    guests.add(0, guest);
    return guest;
  }

  private static String[] with(String[] some, String... more) {
    List<String> all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** The kernel's own list of KVM's files, which each kernel has of its own kind. */
  @Test
  void everyVmIsFoundByItsNameAndEveryVcpuByTheThreadThatKvmLists(Lab lab) {
    assertEveryVmIsFound(lab, "exact", BY_BPF);
  }

  @Test
  @Tag("full")
  void everyVmIsFoundByItsNameAndEveryVcpuByTheThreadThatDebugFsNames(Lab lab) {
    assertEveryVmIsFound(lab, "counted", BY_DEBUGFS);
  }

  private static void assertEveryVmIsFound(Lab lab, String tier, long evidence) {
    try (Daemon daemon = Daemon.on(lab).bestTier(tier).start()) {
      Manager manager = daemon.manager();
      Map<Integer, Integer> vmOfProcess = vmOfProcess(daemon);
      for (int pid : processes()) {
        int vm = vmOfProcess.get(pid);
        assertThat(manager.threads(vm)).as("process %d", pid).isEqualTo(debugFsThreads(lab, pid));
        assertThat(manager.vmColumn("vaVmVcpusWithoutThread", vm).asLong()).isZero();
        assertThat(manager.vcpuColumn("vaVcpuThreadEvidence", vm, 0).asLong()).isEqualTo(evidence);
      }
      assertThat(manager.threads(vmOfProcess.get(named.pid()))).isEqualTo(named.threads());
      assertThat(daemon.snmp().get("VCPU-ACCT-MIB::vaAgentVms.0").asLong()).isEqualTo(5);
      assertThat(daemon.snmp().get("VCPU-ACCT-MIB::vaAgentVcpus.0").asLong()).isEqualTo(10);

      assertIdentity(manager, vmOfProcess.get(linux.pid()), "linux", UUID, VMM_QEMU);
      assertIdentity(manager, vmOfProcess.get(plainQemu.pid()), "firmware, 2", "", VMM_QEMU);
      assertIdentity(manager, vmOfProcess.get(named.pid()), "payload", UUID, VMM_OTHER);
      assertIdentity(manager, vmOfProcess.get(unnamed.pid()), "twin", "", VMM_OTHER);
      assertIdentity(manager, vmOfProcess.get(twin.pid()), "twin", "", VMM_OTHER);
    }
  }

  /**
   * Without debugfs and the kernel's own list the threads are told by what they do, and must be the
   * same ones. A vCPU that does nothing may stay untold: one that its VMM waits for in user space,
   * by an unnamed thread.
   */
  @Test
  @Tag("full")
  void withoutDebugFsTheThreadsAreTheSameAndTheStatisticsAbsent(Lab lab) {
    try (Daemon daemon =
        Daemon.on(lab).bestTier("counted").through(without("/sys/kernel/debug")).start()) {
      Manager manager = daemon.manager();
      Map<Integer, Integer> vmOfProcess = vmOfProcess(daemon);
      for (LimitedVm expected :
          List.of(
              new LimitedVm(linux.pid(), 2),
              new LimitedVm(plainQemu.pid(), 2),
              new LimitedVm(named.pid(), 3),
              new LimitedVm(unnamed.pid(), 0),
              new LimitedVm(twin.pid(), 1))) {
        int vm = vmOfProcess.get(expected.pid());
        Await.until(
            "thread of every vCPU of process " + expected.pid(),
            Duration.ofMinutes(1),
            () -> manager.threads(vm).size() >= expected.threads());
        Map<Integer, Integer> told = manager.threads(vm);
        Map<Integer, Integer> truth = debugFsThreads(lab, expected.pid());
        Figures.show("without debugfs: %s of %s told", told, truth);
        assertThat(truth).containsAllEntriesOf(told);
      }
      // The payload VMM, unlike a new QEMU, does not hold KVM's binary statistics open.
      int vm = vmOfProcess.get(named.pid());
      assertThat(manager.vmColumn("vaVmKvmExits", vm).isPresent()).isFalse();
      assertThat(daemon.log()).contains("/sys/kernel/debug/kvm: debugfs is not mounted");
    }
  }

  /** A VM, and how many of its vCPUs' threads must be told without debugfs. */
  private record LimitedVm(int pid, int threads) {}

  private static void assertIdentity(Manager manager, int vm, String name, String uuid, int vmm) {
    Varbind told = manager.vmColumn("vaVmUuid", vm);
    assertThat(manager.vmColumn("vaVmName", vm).asText()).isEqualTo(name);
    assertThat(told.isPresent()).isEqualTo(!uuid.isEmpty());
    assertThat(told.isPresent() ? told.asText() : "").isEqualTo(uuid);
    assertThat(manager.vmColumn("vaVmVmm", vm).asLong()).isEqualTo(vmm);
  }

  private static List<Integer> processes() {
    return List.of(linux.pid(), plainQemu.pid(), named.pid(), unnamed.pid(), twin.pid());
  }

  /** The index of each VM by its process: names can be the same, indexes cannot. */
  private static Map<Integer, Integer> vmOfProcess(Daemon daemon) {
    Map<Integer, Integer> vms = new TreeMap<>();
    for (Varbind process : daemon.snmp().walk("VCPU-ACCT-MIB::vaVmProcessId")) {
      vms.put((int) process.asLong(), process.lastIndex());
    }
    assertThat(vms).containsOnlyKeys(processes());
    return vms;
  }

  /** What runs a command as if a file system were not mounted. */
  private static String[] without(String mountPoint) {
    return new String[] {
      "unshare", "--mount", "sh", "-c", "umount -l " + mountPoint + " && exec \"$@\"", "sh"
    };
  }

  /** The thread of each vCPU as KVM itself says, while debugfs is there. */
  private static Map<Integer, Integer> debugFsThreads(Lab lab, int pid) {
    String list =
        lab.run("sh", "-c", "cd /sys/kernel/debug/kvm/" + pid + "-* && grep -H . vcpu*/pid")
            .orFail()
            .out();
    Map<Integer, Integer> threads = new TreeMap<>();
    for (String line : list.lines().toList()) {
      String[] parts = line.split("/pid:", -1);
      threads.put(
          Integer.parseInt(parts[0].substring("vcpu".length())), Integer.parseInt(parts[1]));
    }
    return threads;
  }
}
