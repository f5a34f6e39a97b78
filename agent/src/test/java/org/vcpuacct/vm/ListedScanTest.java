package org.vcpuacct.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vcpuacct.vm.ThreadEvidence.KVM_BPF;
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
import org.vcpuacct.host.Limit;

/** The scanner where the kernel lists KVM's files. */
class ListedScanTest {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long VM_A = 0xffff_9000_0000_1000L;
  private static final long VM_B = 0xffff_9000_0000_2000L;
  private static final long VM_C = 0xffff_9000_0000_3000L;

  @TempDir private Path root;
  private BuiltHost host;
  private BuiltList list;
  private VmScanner scanner;
  private long nowNs;

  @BeforeEach
  void buildHost() {
    host = new BuiltHost(root);
    host.mountDebugFs();
    list = new BuiltList();
    scanner = newScanner(new HostFiles());
  }

  // Who runs a vCPU

  @Test
  void takesTheThreadThatTheListNamesOverAllOthers() {
    host.process(100, "vmm").thread(101, "x").threadInKvmRun(102, "vcpu0", 5);
    host.debugFsVcpu(100, 4, 0, 102);
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101);

    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, KVM_BPF));
  }

  @Test
  void goesByTheNameOfTheThreadOfAVcpuThatNeverRan() {
    BuiltHost.BuiltProcess vmm = host.process(100, "vmm");
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 0).vcpu(100, 6, VM_A, 1, 0);
    vmm.thread(101, "vcpu0");
    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, THREAD_NAME));
    assertThat(scan().get(0).vcpusWithoutThread()).containsExactly(1);

    vmm.thread(102, "vcpu1");
    assertThat(scansUntil(() -> scan().get(0).vcpusWithoutThread().isEmpty()))
        .isLessThanOrEqualTo(9);

    list.close(100, 5).vcpu(100, 5, VM_A, 0, 101);
    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, KVM_BPF), new Vcpu(1, 102, THREAD_NAME));
  }

  @Test
  void doesNotPairGuestTimeWithAVcpuThatNeverRan() {
    host.process(100, "vmm").threadWithGuestTime(101, "x");
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 0);

    assertThat(scan().get(0).vcpus()).isEmpty();
    assertThat(scan().get(0).vcpusWithoutThread()).containsExactly(0);
  }

  @Test
  void followsAThreadThatEndsAndItsReplacementAtOnce() {
    BuiltHost.BuiltProcess vmm = host.process(100, "vmm").thread(101, "x");
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101);
    passSeconds(100);

    vmm.endThread(101);
    list.close(100, 5).vcpu(100, 5, VM_A, 0, 0);
    assertThat(vcpus()).isEmpty();

    vmm.thread(102, "x");
    list.close(100, 5).vcpu(100, 5, VM_A, 0, 102);
    assertThat(vcpus()).containsExactly(new Vcpu(0, 102, KVM_BPF));
  }

  @Test
  void doesNotTakeAThreadThatEndedAfterTheListWasMade() {
    host.process(100, "vmm");
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101);

    assertThat(vcpus()).isEmpty();
  }

  @Test
  void givesAThreadToOneVcpuOnly() {
    host.process(100, "vmm").thread(101, "x");
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101).vcpu(100, 6, VM_A, 1, 101);

    assertThat(vcpus()).extracting(Vcpu::threadId).containsExactly(101);
    assertThat(scan().get(0).vcpusWithoutThread()).hasSize(1);
  }

  @Test
  void forgetsTheThreadOfAVcpuThatWasReplacedByOneThatNeverRan() {
    host.process(100, "vmm").thread(101, "x");
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101);
    assertThat(vcpus()).hasSize(1);

    list.close(100, 5).vcpu(100, 5, VM_A, 0, 0);

    assertThat(vcpus()).isEmpty();
  }

  // Which VMs there are

  @Test
  void seesAGuestOfAnyProcessAtOnceAndItsEndToo() {
    host.process(100, "anything").thread(101, "x");
    passSeconds(1000);

    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101);
    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, KVM_BPF));

    list.end(100);
    assertThat(scan()).isEmpty();
  }

  @Test
  void seesAVcpuPluggedAndUnplugged() {
    BuiltHost.BuiltProcess vmm = host.process(100, "vmm").thread(101, "x");
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101);
    passSeconds(100);

    vmm.thread(102, "x");
    list.vcpu(100, 6, VM_A, 1, 102);
    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, KVM_BPF), new Vcpu(1, 102, KVM_BPF));

    list.close(100, 6);
    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, KVM_BPF));
  }

  @Test
  void doesNotListAVmWithoutVcpus() {
    host.process(100, "qemu-system-x86");
    list.vm(100, 4, VM_A);

    assertThat(scan()).isEmpty();
  }

  @Test
  void leavesOutAVcpuWhoseVmTheProcessHasNotOpen() {
    host.process(100, "vmm").thread(101, "x").thread(102, "x");
    list.vcpu(100, 5, VM_A, 0, 101);
    assertThat(scan()).isEmpty();

    list.vm(100, 6, VM_B).vcpu(100, 7, VM_B, 0, 102);
    assertThat(vcpus()).containsExactly(new Vcpu(0, 102, KVM_BPF));
  }

  @Test
  void takesAProcessGoneBeforeItCouldBeReadForEnded() {
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 100);
    assertThat(scan()).isEmpty();
    assertThat(scanner.limits()).isEmpty();

    list.end(100);
    assertThat(scan()).isEmpty();
    assertThat(scanner.limits()).isEmpty();
  }

  @Test
  void reportsAProcessThatProcHides() {
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 100);
    passSeconds(2);

    assertThat(scanner.limits())
        .singleElement()
        .extracting(Limit::what)
        .isEqualTo("/proc/100: hidden");

    host.process(100, "vmm");
    assertThat(scan()).hasSize(1);
    assertThat(scanner.limits()).noneMatch(limit -> limit.what().contains("hidden"));
  }

  @Test
  void tellsAProcessFromALaterOneWithItsNumberAtOnce() {
    host.process(100, "vmm").commandLine("vmm", "--name", "first").startTicks(10);
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 100);
    assertThat(scan()).extracting(Vm::name).containsExactly("first");

    host.process(100, "vmm").commandLine("vmm", "--name", "next").startTicks(20);
    list.end(100).vm(100, 4, VM_B).vcpu(100, 5, VM_B, 0, 100);

    assertThat(scan()).extracting(Vm::name).containsExactly("next");
  }

  // Several VMs, copies of descriptors

  @Test
  void tellsTheVmsOfOneProcessApartWithoutComparingFiles() {
    host.process(100, "vmm").thread(101, "x").thread(102, "x").thread(103, "x");
    list.vm(100, 4, VM_A)
        .vm(100, 5, VM_B)
        .vcpu(100, 6, VM_A, 0, 101)
        .vcpu(100, 7, VM_B, 1, 103)
        .vcpu(100, 8, VM_B, 0, 102);

    assertThat(scan()).extracting(Vm::vmFd).containsExactly(4, 5);
    assertThat(scan().get(0).vcpus()).extracting(Vcpu::threadId).containsExactly(101);
    assertThat(scan().get(1).vcpus()).extracting(Vcpu::threadId).containsExactly(102, 103);
  }

  @Test
  void knowsDuplicatedDescriptors() {
    host.process(100, "crosvm").thread(101, "x");
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101).vm(100, 14, VM_A).vcpu(100, 15, VM_A, 0, 101);

    assertThat(scan()).extracting(Vm::vmFd).containsExactly(4);
    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, KVM_BPF));
  }

  @Test
  void namesAVmByTheDescriptorThatDebugFsKnows() {
    host.process(100, "crosvm").thread(101, "x");
    host.debugFsVcpu(100, 14, 0, 101);
    list.vm(100, 4, VM_A).vm(100, 14, VM_A).vcpu(100, 5, VM_A, 0, 101);

    assertThat(scan()).extracting(Vm::vmFd).containsExactly(14);
    assertThat(scan().get(0).debugFsFolder()).isPresent();
  }

  @Test
  void takesTheFirstOfTwoFilesWithOneDescriptor() {
    host.process(100, "vmm").thread(101, "x").thread(102, "x");
    list.vm(100, 4, VM_A)
        .vcpu(100, 5, VM_A, 0, 101)
        .vm(100, 5, VM_B)
        .vcpu(100, 4, VM_B, 0, 102)
        .vcpu(100, 5, VM_A, 1, 102);

    assertThat(scan()).extracting(Vm::vmFd).containsExactly(4);
    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, KVM_BPF));
  }

  @Test
  void doesNotListAVmAgainForAForkOfItsProcess() {
    host.process(100, "vmm").thread(101, "CPU 0/KVM");
    host.fork(99, "vmm", 100).thread(98, "vcpu0");
    list.vm(99, 4, VM_A).vcpu(99, 5, VM_A, 0, 101).vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101);

    assertThat(scan()).extracting(Vm::pid).containsExactly(100);
    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, KVM_BPF));
  }

  @Test
  void listsAChildThatHasAVmOfItsOwn() {
    host.process(100, "vmm").thread(101, "x");
    host.fork(99, "vmm", 100).thread(102, "x");
    list.vm(99, 4, VM_B).vcpu(99, 5, VM_B, 0, 102).vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101);

    assertThat(scan()).extracting(Vm::pid).containsExactly(99, 100);
  }

  @Test
  void givesThreadsToTheProcessThatRunsAVmOfTwo() {
    host.process(100, "vmm").thread(101, "x");
    host.process(200, "helper").thread(201, "vcpu0");
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101).vm(200, 7, VM_A).vcpu(200, 8, VM_A, 0, 101);

    assertThat(scan()).extracting(Vm::pid).containsExactly(100, 200);
    assertThat(scan().get(0).vcpus()).containsExactly(new Vcpu(0, 101, KVM_BPF));
    assertThat(scan().get(1).vcpus()).isEmpty();
    assertThat(scan().get(1).vcpusWithoutThread()).containsExactly(0);
  }

  // What the list does not tell

  @Test
  void findsTheStatisticsOfANewVcpuThatAreOpenedLater() {
    BuiltHost.BuiltProcess vmm = host.process(100, "vmm").vm(4).vcpu(5, 0);
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 100);
    assertThat(scan().get(0).vcpuStatsFds()).isEmpty();

    vmm.fd(6, "anon_inode:kvm-vcpu-stats:0").fd(7, "anon_inode:kvm-vm-stats");
    passSeconds(5);

    assertThat(scan().get(0).vcpuStatsFds()).containsExactly(6);
  }

  @Test
  void findsAVmWhoseDescriptorsAreHidden() {
    scanner =
        newScanner(
            new HostFiles() {
              @Override
              public List<String> list(Path folder) throws IOException {
                if (folder.endsWith("fd")) {
                  throw new AccessDeniedException(folder.toString());
                }
                return super.list(folder);
              }
            });
    host.process(100, "vmm").thread(101, "x");
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101);

    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, KVM_BPF));
  }

  @Test
  void findsTheFolderOfAVmWhenDebugFsIsMountedLater() {
    host.removeDebugFs();
    host.process(100, "vmm").thread(101, "x");
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101);
    passSeconds(100);
    assertThat(scanner.limits())
        .singleElement()
        .extracting(Limit::mend)
        .isEqualTo("mount -t debugfs debugfs /sys/kernel/debug");

    host.mountDebugFs();
    host.debugFsVm(100, 4);

    assertThat(scansUntil(() -> scan().get(0).debugFsFolder().isPresent())).isLessThanOrEqualTo(61);
    assertThat(scanner.limits()).isEmpty();
  }

  // Which way is taken

  @Test
  void findsWhatTheScanOfProcFinds() {
    host.process(100, "crosvm")
        .commandLine("crosvm", "run", "--name", "mme")
        .vm(4)
        .vcpu(5, 0)
        .vcpu(6, 1)
        .fd(7, "anon_inode:kvm-vcpu-stats:0")
        .vm(14)
        .vcpu(15, 0)
        .threadInKvmRun(101, "x", 5)
        .threadInKvmRun(102, "x", 6);
    host.fork(99, "crosvm", 100).vm(4).vcpu(5, 0).vcpu(6, 1);
    host.process(200, "vmm").vm(4).vcpu(5, 0).vm(6).vcpu(7, 0).threadInKvmRun(201, "x", 7);
    host.process(300, "helper").vm(7).vcpu(8, 0).vcpu(9, 1);
    host.debugFsVcpu(100, 4, 0, 101);
    host.debugFsVcpu(100, 4, 1, 102);
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101).vcpu(100, 6, VM_A, 1, 102);
    list.vm(100, 14, VM_A).vcpu(100, 15, VM_A, 0, 101);
    list.vm(99, 4, VM_A).vcpu(99, 5, VM_A, 0, 101).vcpu(99, 6, VM_A, 1, 102);
    list.vm(200, 4, VM_B).vcpu(200, 5, VM_B, 0, 0).vm(200, 6, VM_C).vcpu(200, 7, VM_C, 0, 201);
    list.vm(300, 7, VM_A).vcpu(300, 8, VM_A, 0, 101).vcpu(300, 9, VM_A, 1, 102);

    List<Vm> scanned = new VmScanner(host.root(), SameFile.UNKNOWN).scan(0);

    assertThat(scanned).extracting(Vm::pid).containsExactly(100, 200, 200, 300);
    assertThat(scan())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("vcpus.evidence")
        .isEqualTo(scanned);
  }

  @Test
  void goesByProcWhileThereIsNoListAndByTheListWhenThereIs() {
    host.process(100, "vmm").vm(4).vcpu(5, 0).threadInKvmRun(101, "x", 5);
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101);
    List<Vm> listed = scan();
    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, KVM_BPF));

    list.fail();
    assertThat(vcpus()).containsExactly(new Vcpu(0, 101, KVM_RUN_CALL));

    list.resume();
    assertThat(scan()).isEqualTo(listed);
  }

  @Test
  void doesNotUseTheListWhereProcNumbersProcessesOtherwise() {
    host.process(1, "init");
    host.linkPidNamespace("1", "pid:[4026532000]");

    assertThatTheListIsNotUsed();
  }

  @Test
  void doesNotUseTheListInAContainerWithTheProcOfItsHost() {
    host.linkPidNamespace("1", "pid:[4026531836]");
    host.linkPidNamespace("self", "pid:[4026532000]");

    assertThatTheListIsNotUsed();
  }

  private void assertThatTheListIsNotUsed() {
    scanner = newScanner(new HostFiles());
    host.process(100, "vmm").thread(101, "x");
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101);

    assertThat(scan()).isEmpty();
  }

  // What it costs

  @Test
  void readsNothingOnAnUnchangedHost() {
    for (int pid = 1000; pid < 2000; pid++) {
      host.process(pid, "daemon").fd(0, "/dev/null");
    }
    host.process(100, "vmm").thread(101, "x").fd(0, "/dev/null");
    host.debugFsVcpu(100, 4, 0, 101);
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101);
    assertThat(accesses()).as("of the first scan").isLessThan(10);
    passSeconds(10);

    for (int i = 0; i < 1000; i++) {
      assertThat(accesses()).isZero();
    }
  }

  @Test
  void readsNoDescriptorWhenOnlyAThreadChanges() {
    BuiltHost.BuiltProcess vmm = host.process(100, "vmm").thread(101, "x").thread(102, "x");
    for (int fd = 10; fd < 100; fd++) {
      vmm.fd(fd, "/dev/null");
    }
    host.debugFsVcpu(100, 4, 0, 101);
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101);
    passSeconds(10);

    list.close(100, 5).vcpu(100, 5, VM_A, 0, 102);

    assertThat(accesses()).as("debugfs, stat and the threads").isEqualTo(3);
    assertThat(vcpus()).containsExactly(new Vcpu(0, 102, KVM_BPF));
  }

  @Test
  void readsDebugFsOnceAMinuteWhereItIsMissing() {
    host.removeDebugFs();
    host.process(100, "vmm").thread(101, "x");
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101);
    passSeconds(100);

    long before = scanner.accesses();
    passSeconds(60);

    assertThat(scanner.accesses() - before).as("debugfs, and why it is missing").isEqualTo(2);
  }

  @Test
  void returnsTheSameListWhileNothingChanges() {
    host.process(100, "vmm").thread(101, "x");
    list.vm(100, 4, VM_A).vcpu(100, 5, VM_A, 0, 101);
    List<Vm> first = scan();

    for (int i = 0; i < 60; i++) {
      assertThat(scan()).isSameAs(first);
    }
  }

  private interface Condition {
    boolean holds();
  }

  private VmScanner newScanner(HostFiles files) {
    SameFile mustNotBeAsked =
        (pid, fd1, fd2) -> {
          throw new AssertionError("the list tells files apart");
        };
    return new VmScanner(host.root(), mustNotBeAsked, list, files);
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
