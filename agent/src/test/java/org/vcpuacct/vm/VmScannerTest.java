package org.vcpuacct.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vcpuacct.vm.ThreadEvidence.GUEST_TIME;
import static org.vcpuacct.vm.ThreadEvidence.KVM_DEBUGFS;
import static org.vcpuacct.vm.ThreadEvidence.KVM_RUN_CALL;
import static org.vcpuacct.vm.ThreadEvidence.THREAD_NAME;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vcpuacct.host.HostFiles;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.Limit;

class VmScannerTest {

  private static final long SECOND_NS = 1_000_000_000L;

  @TempDir private Path root;
  private BuiltHost host;
  private VmScanner scanner;
  private long nowNs;

  @BeforeEach
  void buildHost() {
    host = new BuiltHost(root);
    scanner = new VmScanner(host.root(), SameFile.UNKNOWN);
  }

  // Who runs a vCPU

  @Test
  void takesTheThreadInKvmRunOverTheOneWithTheName() {
    host.process(100, "vmm").vm(4).vcpu(5, 0).thread(101, "vcpu0").threadInKvmRun(102, "x", 5);

    assertThat(vcpus()).containsExactly(new Vcpu(0, 102, KVM_RUN_CALL));
  }

  @Test
  void takesTheThreadThatKvmNamesOverAllOthers() {
    host.mountDebugFs();
    host.process(100, "vmm").vm(4).vcpu(5, 0).thread(101, "x").threadInKvmRun(102, "vcpu0", 5);
    host.debugFsVcpu(100, 4, 0, 101);

    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, KVM_DEBUGFS));
  }

  @Test
  void isNotMisledByAWorkerMadeDuringKvmRun() {
    host.process(100, "vmm")
        .vm(4)
        .vcpu(5, 0)
        .workerMadeInKvmRun(101, "kvm-nx-lpage-re", 5)
        .threadInKvmRun(102, "x", 5)
        .workerMadeInKvmRun(103, "vhost-100", 5);

    assertThat(vcpus()).containsExactly(new Vcpu(0, 102, KVM_RUN_CALL));
  }

  @Test
  void pairsThreadsWithGuestTimeInOrder() {
    host.process(100, "vmm")
        .vm(4)
        .vcpu(5, 0)
        .vcpu(6, 1)
        .threadWithGuestTime(103, "x")
        .thread(102, "x")
        .threadWithGuestTime(101, "x");

    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, GUEST_TIME), new Vcpu(1, 103, GUEST_TIME));
  }

  @Test
  void doesNotGuessWhenGuestTimeDoesNotFit() {
    host.process(100, "vmm").vm(4).vcpu(5, 0).vcpu(6, 1).threadWithGuestTime(101, "x");

    assertThat(scan())
        .singleElement()
        .satisfies(
            vm -> {
              assertThat(vm.vcpus()).isEmpty();
              assertThat(vm.vcpusWithoutThread()).containsExactly(0, 1);
            });
  }

  @Test
  void ignoresANameThatTwoThreadsHave() {
    host.process(100, "vmm").vm(4).vcpu(5, 0).thread(101, "vcpu0").thread(102, "vcpu0");

    assertThat(vcpus()).isEmpty();
  }

  @Test
  void replacesAWeakEvidenceByABetterOne() {
    BuiltHost.BuiltProcess vmm = host.process(100, "vmm").vm(4).vcpu(5, 0).thread(101, "vcpu0");
    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, THREAD_NAME));

    vmm.threadInKvmRun(102, "x", 5);

    assertThat(vcpus()).containsExactly(new Vcpu(0, 102, KVM_RUN_CALL));
  }

  @Test
  void keepsAThreadThatRunsInUserSpaceForNow() {
    BuiltHost.BuiltProcess vmm =
        host.process(100, "vmm").vm(4).vcpu(5, 0).threadInKvmRun(101, "x", 5);
    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, KVM_RUN_CALL));

    vmm.thread(101, "x").thread(102, "vcpu0");
    for (int i = 0; i < 60; i++) {
      assertThat(vcpus()).containsExactly(new Vcpu(0, 101, KVM_RUN_CALL));
    }
  }

  @Test
  void findsTheThreadOfAVcpuThatStartsLate() {
    BuiltHost.BuiltProcess vmm = host.process(100, "vmm").vm(4).vcpu(5, 0).thread(101, "x");
    for (int i = 0; i < 100; i++) {
      assertThat(vcpus()).isEmpty();
    }

    vmm.endThread(101).threadInKvmRun(101, "x", 5);

    assertThat(scansUntil(() -> !vcpus().isEmpty())).isLessThanOrEqualTo(9);
  }

  @Test
  void followsTheReplacementOfAThread() {
    BuiltHost.BuiltProcess vmm =
        host.process(100, "vmm").vm(4).vcpu(5, 0).threadInKvmRun(101, "x", 5).thread(102, "y");
    passSeconds(30);
    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, KVM_RUN_CALL));

    vmm.endThread(101).threadInKvmRun(103, "x", 5);
    scanner.lookAgain(100, nowNs);

    assertThat(vcpus()).containsExactly(new Vcpu(0, 103, KVM_RUN_CALL));
  }

  @Test
  void findsTheReplacementOfAThreadThatNobodyReports() {
    BuiltHost.BuiltProcess vmm =
        host.process(100, "vmm").vm(4).vcpu(5, 0).threadInKvmRun(101, "x", 5).thread(102, "y");
    passSeconds(30);

    vmm.endThread(101).threadInKvmRun(103, "x", 5);

    assertThat(scansUntil(() -> vcpus().equals(List.of(new Vcpu(0, 103, KVM_RUN_CALL)))))
        .isLessThanOrEqualTo(20);
  }

  @Test
  void doesNotTakeAThreadThatHasEnded() {
    host.mountDebugFs();
    host.process(100, "vmm").vm(4).vcpu(5, 0);
    host.debugFsVcpu(100, 4, 0, 101);

    assertThat(vcpus()).isEmpty();
  }

  // Which VMs there are

  @Test
  void seesAVcpuPluggedAndUnplugged() {
    BuiltHost.BuiltProcess vmm =
        host.process(100, "vmm").vm(4).vcpu(5, 0).threadInKvmRun(101, "x", 5);
    passSeconds(30);

    vmm.vcpu(6, 1).threadInKvmRun(102, "x", 6);
    assertThat(vcpus())
        .containsExactly(new Vcpu(0, 101, KVM_RUN_CALL), new Vcpu(1, 102, KVM_RUN_CALL));

    passSeconds(30);
    vmm.endThread(102);
    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, KVM_RUN_CALL));
    assertThat(scan().get(0).vcpusWithoutThread()).containsExactly(1);
  }

  @Test
  void seesAGuestThatStartsWithinTwoScansAndGoesWithinTwo() {
    passSeconds(1000);

    BuiltHost.BuiltProcess vmm = host.process(100, "anything");
    assertThat(scan()).isEmpty();
    vmm.vm(4).vcpu(5, 0).threadInKvmRun(101, "x", 5);
    assertThat(scansUntil(() -> !scan().isEmpty())).isLessThanOrEqualTo(2);

    vmm.end();
    assertThat(scan()).isEmpty();
  }

  @Test
  void seesAVmmByNameStartAGuestLate() {
    BuiltHost.BuiltProcess vmm = host.process(100, "firecracker");
    passSeconds(1000);

    vmm.vm(4).vcpu(5, 0).threadInKvmRun(101, "fc_vcpu 0", 5);

    assertThat(scan()).hasSize(1);
  }

  @Test
  void seesAnyProcessStartAGuestLateWhereDebugFsTells() {
    host.mountDebugFs();
    BuiltHost.BuiltProcess vmm = host.process(100, "anything");
    passSeconds(1000);

    vmm.vm(4).vcpu(5, 0).threadInKvmRun(101, "x", 5);
    host.debugFsVm(100, 4);

    assertThat(scan()).hasSize(1);
  }

  @Test
  void findsTheProcessOfAVmWhoseCreatorHasEnded() {
    host.mountDebugFs();
    BuiltHost.BuiltProcess vmm = host.process(100, "anything");
    passSeconds(1000);

    vmm.vm(4).vcpu(5, 0).threadInKvmRun(101, "x", 5);
    host.debugFsVcpu(99, 4, 0, 101);

    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, KVM_DEBUGFS));
  }

  @Test
  void seesAnyProcessStartAGuestLateWithinAMinuteOtherwise() {
    BuiltHost.BuiltProcess vmm = host.process(100, "anything");
    passSeconds(1000);

    vmm.vm(4).vcpu(5, 0).threadInKvmRun(101, "x", 5);

    assertThat(scansUntil(() -> !scan().isEmpty())).isLessThanOrEqualTo(60);
  }

  @Test
  void doesNotListAVmWithoutVcpus() {
    host.process(100, "qemu-system-x86").vm(4);

    assertThat(scan()).isEmpty();
  }

  @Test
  void waitsForTheVcpusOfANewVm() {
    BuiltHost.BuiltProcess vmm = host.process(100, "vmm").vm(4);
    assertThat(scan()).isEmpty();

    vmm.vcpu(5, 0);
    assertThat(scan()).hasSize(1);
  }

  @Test
  void dropsAVmThatItsProcessGivesUp() {
    BuiltHost.BuiltProcess vmm =
        host.process(100, "vmm").vm(4).vcpu(5, 0).threadInKvmRun(101, "x", 5);
    passSeconds(30);
    assertThat(scan()).hasSize(1);

    vmm.closeFd(4).closeFd(5).endThread(101);
    assertThat(scan()).isEmpty();

    vmm.vm(4).vcpu(5, 0).threadInKvmRun(102, "x", 5);
    assertThat(scansUntil(() -> !scan().isEmpty())).isLessThanOrEqualTo(2);
  }

  @Test
  void tellsAProcessFromALaterOneWithItsNumber() {
    host.process(100, "vmm").vm(4).vcpu(5, 0).commandLine("vmm", "--name", "first").startTicks(10);
    assertThat(scan()).extracting(Vm::name).containsExactly("first");

    host.process(100, "vmm").vm(4).vcpu(5, 0).commandLine("vmm", "--name", "next").startTicks(20);
    assertThat(scansUntil(() -> scan().stream().anyMatch(vm -> vm.name().equals("next"))))
        .isLessThanOrEqualTo(2);
  }

  @Test
  void takesAZombieForEnded() {
    BuiltHost.BuiltProcess vmm = host.process(100, "vmm").vm(4).vcpu(5, 0);
    assertThat(scan()).hasSize(1);

    vmm.becomeZombie();

    assertThat(scan()).isEmpty();
  }

  @Test
  void skipsKernelThreads() {
    host.process(2, "kthreadd", BuiltHost.KERNEL_THREAD).vm(4).vcpu(5, 0);

    assertThat(scan()).isEmpty();
  }

  @Test
  void doesNotTakeStatisticsForVcpus() {
    host.process(100, "vmm")
        .vm(4)
        .vcpu(5, 0)
        .fd(6, "anon_inode:kvm-vcpu-stats:1")
        .fd(7, "anon_inode:kvm-vm-stats")
        .fd(8, "anon_inode:kvm-device");

    assertThat(scan().get(0).vcpusWithoutThread()).containsExactly(0);
  }

  // Several VMs, copies of descriptors

  @Test
  void tellsTheVmsOfOneProcessApart() {
    host.process(100, "vmm")
        .vm(4)
        .vcpu(5, 0)
        .vcpu(6, 1)
        .vm(7)
        .vcpu(8, 0)
        .threadInKvmRun(101, "x", 5)
        .threadInKvmRun(102, "x", 6)
        .threadInKvmRun(103, "x", 8);

    assertThat(scan()).extracting(Vm::vmFd).containsExactly(4, 7);
    assertThat(scan().get(0).vcpus()).extracting(Vcpu::threadId).containsExactly(101, 102);
    assertThat(scan().get(1).vcpus()).extracting(Vcpu::threadId).containsExactly(103);
  }

  @Test
  void givesAVcpuToAVmThatHasNoneOfItsNumber() {
    host.process(100, "vmm").vm(4).vm(5).vcpu(6, 0).vcpu(7, 0);

    assertThat(scan()).extracting(Vm::vmFd).containsExactly(4, 5);
    assertThat(scan()).allMatch(vm -> vm.vcpusWithoutThread().equals(List.of(0)));
  }

  @Test
  void knowsDuplicatedDescriptorsByComparison() {
    scanner = new VmScanner(host.root(), (pid, fd1, fd2) -> fd1 % 10 == fd2 % 10);
    host.process(100, "crosvm").vm(4).vcpu(5, 0).vm(14).vcpu(15, 0).threadInKvmRun(101, "x", 15);

    assertThat(scan()).extracting(Vm::vmFd).containsExactly(4);
    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, KVM_RUN_CALL));
  }

  @Test
  void goesOnWhereDescriptorsCannotBeCompared() {
    scanner =
        new VmScanner(
            host.root(),
            (pid, fd1, fd2) -> {
              throw new AccessDeniedException("kcmp");
            });
    host.process(100, "crosvm").vm(4).vcpu(5, 0).vm(14);

    assertThat(scan()).extracting(Vm::vmFd).containsExactly(4);
  }

  @Test
  void knowsDuplicatedDescriptorsByDebugFs() {
    host.mountDebugFs();
    host.debugFsVcpu(100, 4, 0, 0);
    host.process(100, "crosvm").vm(4).vcpu(5, 0).vm(14).vcpu(15, 0);

    assertThat(scan()).extracting(Vm::vmFd).containsExactly(4);
  }

  @Test
  void asksDebugFsWhichVcpusAreWhose() {
    host.mountDebugFs();
    host.debugFsVcpu(100, 4, 0, 101);
    host.debugFsVcpu(100, 5, 0, 102);
    host.debugFsVcpu(100, 5, 1, 103);
    host.process(100, "vmm")
        .vm(4)
        .vm(5)
        .vcpu(6, 0)
        .vcpu(7, 1)
        .vcpu(8, 0)
        .thread(101, "x")
        .thread(102, "x")
        .thread(103, "x");

    assertThat(scan().get(0).vcpus()).extracting(Vcpu::threadId).containsExactly(101);
    assertThat(scan().get(1).vcpus()).extracting(Vcpu::threadId).containsExactly(102, 103);
  }

  @Test
  void doesNotListAVmAgainForAForkOfItsProcess() {
    host.process(100, "vmm").vm(4).vcpu(5, 0).threadInKvmRun(101, "x", 5);
    host.fork(99, "vmm", 100).vm(4).vcpu(5, 0);

    assertThat(scan()).extracting(Vm::pid).containsExactly(100);
  }

  @Test
  void listsAChildThatHasAVmOfItsOwn() {
    host.process(100, "vmm").vm(4).vcpu(5, 0).threadInKvmRun(101, "x", 5);
    host.fork(99, "vmm", 100).vm(4).vcpu(5, 0).threadInKvmRun(102, "x", 5);

    assertThat(scan()).extracting(Vm::pid).containsExactly(99, 100);
  }

  // What cannot be read

  @Test
  void reportsHiddenDescriptorsOnce() {
    scanner =
        new VmScanner(
            host.root(),
            SameFile.UNKNOWN,
            KvmFileList.NONE,
            new HostFiles() {
              @Override
              public List<String> list(Path folder) throws IOException {
                if (folder.endsWith("fd")) {
                  throw new AccessDeniedException(folder.toString());
                }
                return super.list(folder);
              }
            });
    host.process(100, "qemu-system-x86").vm(4).vcpu(5, 0);

    assertThat(scan()).isEmpty();
    assertThat(scanner.limits())
        .singleElement()
        .extracting(Limit::what)
        .isEqualTo("/proc/PID/fd: permission denied, for qemu-system-x86 (process 100) and 1 more");
  }

  @Test
  void reportsHiddenProcesses() {
    new BuiltHost(root.resolve("hidden")).process(1, "init").end();
    scanner = new VmScanner(new BuiltHost(root).root(), SameFile.UNKNOWN);
    scan();
    assertThat(scanner.limits()).isEmpty();

    scanner = new VmScanner(new HostRoot(root.resolve("hidden")), SameFile.UNKNOWN);
    scan();
    assertThat(scanner.limits())
        .singleElement()
        .extracting(Limit::what)
        .isEqualTo("/proc: process 1 is hidden");
  }

  @Test
  void reportsAMissingProc() {
    scanner = new VmScanner(new HostRoot(root.resolve("none")), SameFile.UNKNOWN);

    assertThat(scan()).isEmpty();
    assertThat(scanner.limits())
        .singleElement()
        .extracting(Limit::consequence)
        .isEqualTo("no VM is found");
  }

  @Test
  void saysHowToGetDebugFsWhereThereIsAVm() {
    scan();
    assertThat(scanner.limits()).isEmpty();

    host.process(100, "vmm").vm(4).vcpu(5, 0);
    scan();
    assertThat(scanner.limits())
        .singleElement()
        .extracting(Limit::mend)
        .isEqualTo("mount -t debugfs debugfs /sys/kernel/debug");
  }

  @Test
  void ignoresDebugFsInAnotherPidNamespace() {
    host.process(1, "init");
    host.linkPidNamespace("1", "pid:[4026532000]");
    host.mountDebugFs();
    host.process(100, "vmm").vm(4).vcpu(5, 0).thread(101, "x").threadInKvmRun(102, "x", 5);
    host.debugFsVcpu(100, 4, 0, 101);
    scanner = new VmScanner(host.root(), SameFile.UNKNOWN);

    assertThat(vcpus()).containsExactly(new Vcpu(0, 102, KVM_RUN_CALL));
    assertThat(scanner.limits()).hasSize(1);
  }

  // What it costs

  @Test
  void readsNextToNothingOnAnUnchangedHost() {
    for (int pid = 1000; pid < 2000; pid++) {
      host.process(pid, "daemon").fd(0, "/dev/null").fd(1, "pipe:[1]");
    }
    host.process(100, "vmm").vm(4).vcpu(5, 0).threadInKvmRun(101, "x", 5);
    long first = accesses();
    assertThat(first).isGreaterThan(4000);
    passMinutes(10);

    long inAMinute = 0;
    for (int i = 0; i < 60; i++) {
      inAMinute += accesses();
    }

    assertThat(inAMinute / 60).as("accesses a scan").isLessThan(80);
  }

  @Test
  void readsTwoFilesAScanWhereDebugFsTells() {
    host.mountDebugFs();
    for (int pid = 1000; pid < 2000; pid++) {
      host.process(pid, "daemon").fd(0, "/dev/null");
    }
    host.process(100, "vmm").vm(4).vcpu(5, 0).threadInKvmRun(101, "x", 5);
    host.debugFsVcpu(100, 4, 0, 101);
    passMinutes(10);

    assertThat(accesses()).as("debugfs and the VMM's stat").isEqualTo(2);
  }

  @Test
  void returnsTheSameListWhileNothingChanges() {
    host.process(100, "vmm").vm(4).vcpu(5, 0).threadInKvmRun(101, "x", 5);
    List<Vm> first = scan();

    for (int i = 0; i < 60; i++) {
      assertThat(scan()).isSameAs(first);
    }
  }

  private interface Condition {
    boolean holds();
  }

  private List<Vm> scan() {
    nowNs += SECOND_NS;
    return scanner.scan(nowNs);
  }

  private List<Vcpu> vcpus() {
    List<Vm> vms = scan();
    assertThat(vms).hasSize(1);
    return vms.get(0).vcpus();
  }

  private void passSeconds(int seconds) {
    for (int i = 0; i < seconds; i++) {
      scan();
    }
  }

  /** With a scan a minute only: until nothing is looked at more often than that. */
  private void passMinutes(int minutes) {
    for (int i = 0; i < minutes; i++) {
      nowNs += 59 * SECOND_NS;
      scan();
    }
  }

  private int scansUntil(Condition condition) {
    for (int scans = 1; scans <= 100; scans++) {
      if (condition.holds()) {
        return scans;
      }
    }
    return Integer.MAX_VALUE;
  }

  private long accesses() {
    long before = scanner.accesses();
    scan();
    return scanner.accesses() - before;
  }
}
