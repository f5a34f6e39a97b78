package org.vcpuacct.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.ledger.ThreadAccount;
import org.vcpuacct.ledger.ThreadKindAccount;
import org.vcpuacct.ledger.VmThreads;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.vm.ThreadEvidence;
import org.vcpuacct.vm.ThreadKind;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;
import org.vcpuacct.vm.Vmm;

class ThreadsOfVmsTest {

  private static final long SECOND_NS = 1_000_000_000;
  private static final long MS_NS = 1_000_000;
  private static final int PID = 40;
  private static final Vcpu VCPU = new Vcpu(0, 41, ThreadEvidence.KVM_DEBUGFS);

  @TempDir private Path root;
  private HostRoot host;
  private long clockNs = 100 * SECOND_NS;
  private ThreadsOfVms threads;

  @BeforeEach
  void startVmm() {
    host = new HostRoot(root);
    threads = new ThreadsOfVms(host, () -> clockNs);
    thread(PID, "qemu-system-x86", 5_000);
    thread(VCPU.threadId(), "CPU 0/KVM", 9_000);
  }

  @AfterEach
  void close() throws IOException {
    threads.close();
  }

  /** A thread that has used this much CPU time so far, and waited for half of it. */
  private void thread(int threadId, String name, long cpuMs) {
    String stat = "%d (%s) S 1 1 1 0 -1 0%s\n".formatted(threadId, name, " 0".repeat(43));
    String schedStat = "%d %d 7\n".formatted(cpuMs * MS_NS, cpuMs * MS_NS / 2);
    try {
      Path folder = Files.createDirectories(host.thread(PID, threadId));
      Files.writeString(folder.resolve("stat"), stat);
      Files.writeString(folder.resolve("schedstat"), schedStat);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end(int threadId) throws IOException {
    try (Stream<Path> files = Files.walk(host.thread(PID, threadId))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static Vm vm(int vmFd, Vcpu... vcpus) {
    return new Vm(
        PID,
        5,
        vmFd,
        Vmm.QEMU,
        "mme",
        true,
        Optional.empty(),
        List.of(vcpus),
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private VmThreads step() throws IOException {
    clockNs += SECOND_NS;
    Vm vm = vm(9, VCPU);
    threads.begin(List.of(vm));
    return threads.of(vm);
  }

  private static ThreadKindAccount kind(VmThreads threads, ThreadKind kind) {
    return threads.kinds().stream()
        .filter(account -> account.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aThreadThatWasThereCountsFromTheFirstLookOn() throws IOException {
    step();
    thread(PID, "qemu-system-x86", 5_400);

    ThreadAccount emulator = step().running().get(0);

    assertThat(emulator.threadId()).isEqualTo(PID);
    assertThat(emulator.kind()).isEqualTo(ThreadKind.EMULATOR);
    assertThat(emulator.sinceNs()).isEqualTo(101 * SECOND_NS);
    assertThat(emulator.times().wallNs()).isEqualTo(SECOND_NS);
    assertThat(emulator.times().cpuNs()).isEqualTo(400 * MS_NS);
    assertThat(emulator.times().waitNs()).isEqualTo(200 * MS_NS);
    assertThat(emulator.change(Window.LAST_INTERVAL).orElseThrow().cpuShare()).hasValue(4_000);
    assertThat(emulator.change(Window.ONE_MINUTE)).isEmpty();
  }

  @Test
  void aThreadThatComesLaterCountsFromItsStartUnderTheNameThatItGotThen() throws IOException {
    step();
    thread(50, "qemu-system-x86", 30);
    assertThat(step().running()).extracting(ThreadAccount::threadId).containsExactly(PID);
    thread(50, "IO io1", 70);

    VmThreads found = step();

    assertThat(found.running()).hasSize(2);
    assertThat(found.running().get(1).name()).isEqualTo("IO io1");
    assertThat(found.running().get(1).times().cpuNs()).isEqualTo(70 * MS_NS);
    ThreadKindAccount ioThreads = kind(found, ThreadKind.IO_THREAD);
    assertThat(ioThreads.times().cpuNs()).isEqualTo(70 * MS_NS);
    assertThat(ioThreads.change(Window.LAST_INTERVAL).orElseThrow().cpuShare()).hasValue(700);
  }

  @Test
  void whatThreadsThatHaveEndedUsedStaysWithTheirKind() throws IOException {
    step();
    thread(50, "worker", 10);
    thread(51, "worker", 20);
    step();
    thread(50, "worker", 300);
    step();
    end(50);
    thread(51, "worker", 25);

    VmThreads found = step();

    assertThat(found.running()).extracting(ThreadAccount::threadId).containsExactly(PID, 51);
    assertThat(kind(found, ThreadKind.WORKER).times().cpuNs()).isEqualTo(325 * MS_NS);
    assertThat(kind(found, ThreadKind.WORKER).change(Window.LAST_INTERVAL).orElseThrow().cpuNs())
        .isEqualTo(5 * MS_NS);
  }

  @Test
  void aThreadThatTurnsOutToBeAVcpusIsNoLongerAmongThem() throws IOException {
    thread(42, "CPU 1/KVM", 100);
    step();
    assertThat(step().running()).extracting(ThreadAccount::threadId).containsExactly(PID, 42);

    Vm vm = vm(9, VCPU, new Vcpu(1, 42, ThreadEvidence.KVM_DEBUGFS));
    threads.begin(List.of(vm));

    assertThat(threads.of(vm).running()).extracting(ThreadAccount::threadId).containsExactly(PID);
  }

  @Test
  void theThreadsOfAProcessWithSeveralVmsAreChargedOnce() throws IOException {
    Vm first = vm(9, VCPU);
    Vm second = vm(20);
    threads.begin(List.of(first, second));
    threads.of(first);
    threads.begin(List.of(first, second));

    assertThat(threads.of(first).running()).hasSize(1);
    assertThat(threads.of(second)).isEqualTo(VmThreads.NONE);
  }

  @Test
  void theThreadsOfAVmmThatHasEndedAreNone() throws IOException {
    step();
    end(PID);
    end(VCPU.threadId());

    assertThat(step().running()).isEmpty();
  }
}
