package org.vcpuacct.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vcpuacct.history.Period;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.ExitTimes;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.LineTimes;
import org.vcpuacct.ledger.Log2Histogram;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Scheduling;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.VmThreads;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.vm.ThreadEvidence;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;

class DiagnosisTest {

  private static final long MS_NS = 1_000_000;
  private static final int WALL_MS = 60_000;
  private static final int PID = 1001; // of the first VM of Snapshots

  @TempDir private Path host;

  @BeforeEach
  void settings() throws IOException {
    write("sys/module/kvm/parameters/halt_poll_ns", "200000");
    write("sys/fs/cgroup/machine/mme/cpu.max", "30000 100000");
    write("sys/fs/cgroup/machine/cpu.max", "max 100000");
    for (int vcpu = 0; vcpu < 2; vcpu++) {
      String thread = "proc/%d/task/%d/".formatted(PID, threadId(vcpu));
      write(thread + "cgroup", "0::/machine/mme/vcpu" + vcpu);
      write(thread + "status", "Name:\tCPU 0/KVM\nTgid:\t1001\nCpus_allowed_list:\t0-3");
      write(
          thread + "stat",
          "7 (CPU 0/KVM) S 1 1 1 0 -1 0 0 0 0 0 5 5 0 0 20 0 3 0 9" // to starttime
              + " 0".repeat(16) // vsize to exit_signal
              + " 3 50 1 0 0 0"); // processor, rt_priority, policy
    }
  }

  private void write(String file, String text) throws IOException {
    Path path = host.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text + "\n");
  }

  private static int threadId(int vcpu) {
    return 100 + vcpu;
  }

  /** Lines in ms of a minute, the rest of which the guest worked; exits of one class in ms. */
  private static VcpuAccount vcpu(int id, Map<Line, Integer> ms, Map<ExitClass, Integer> exitMs) {
    long[] ns = new long[Line.values().length];
    long[] exitNs = new long[ExitClass.values().length];
    Reading before = reading(ns, exitNs);
    int lost = ms.values().stream().mapToInt(Integer::intValue).sum();
    int exits = exitMs.values().stream().mapToInt(Integer::intValue).sum();
    ns[Line.GUEST.ordinal()] = (WALL_MS - lost - exits) * MS_NS;
    ns[Line.EXIT.ordinal()] = exits * MS_NS;
    ms.forEach((line, of) -> ns[line.ordinal()] = of * MS_NS);
    exitMs.forEach((exitClass, of) -> exitNs[exitClass.ordinal()] = of * MS_NS);
    Reading after = reading(ns, exitNs);
    return new VcpuAccount(
        new Vcpu(id, threadId(id), ThreadEvidence.KVM_BPF),
        0,
        after,
        Map.of(Window.LAST_INTERVAL, new Change(before, after)));
  }

  /** One exit for each millisecond of exits. */
  private static Reading reading(long[] ns, long[] exitNs) {
    ExitCounts.Builder counts = ExitCounts.builder(0);
    for (ExitClass exitClass : ExitClass.values()) {
      counts.set(exitClass, exitNs[exitClass.ordinal()] / MS_NS);
    }
    List<Log2Histogram> durations =
        Collections.nCopies(ExitClass.values().length, Log2Histogram.empty());
    ExactDetail detail =
        new ExactDetail(
            new ExitTimes(exitNs, durations),
            new Scheduling(Log2Histogram.empty(), 0, 0, 0, OptionalInt.empty()),
            0,
            0,
            0,
            0,
            OptionalLong.empty());
    return new Reading(
        0, 0, 0, LineTimes.of(Tier.EXACT, ns), Optional.of(counts.build()), Optional.of(detail));
  }

  private static NeAccount ne(VcpuAccount... vcpus) {
    VmAccount any = new Snapshots().vm(1, "mme", List.of(vcpus), List.of()).build().vms().get(0);
    VmAccount vm =
        new VmAccount(1, any.vm(), 0, Map.of(), any.vcpus(), VmThreads.NONE, Optional.empty());
    return new NeAccount(1, "mme", 0, List.of(vm), Optional.empty());
  }

  private List<String> diagnosis(NeAccount now, Optional<NeAccount> before) {
    Period period = new Period(1_700_000_060_000L, 1_700_000_120_000L, List.of(now));
    Optional<Period> earlier =
        before.map(ne -> new Period(1_700_000_000_000L, 1_700_000_060_000L, List.of(ne)));
    List<Vm> running = now.vms().stream().map(VmAccount::vm).toList();
    return Diagnosis.of(period, earlier, now, running, new HostRoot(host), ZoneOffset.UTC);
  }

  /** The cause that names this, and where to look. */
  private static List<String> cause(List<String> lines, String name) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (lines.get(i).matches(" {2}\\d+\\. " + name + " .*")) {
        found.add(lines.get(i));
        found.add(lines.get(i + 1));
      }
    }
    return found;
  }

  @Test
  void saysWhenAndAgainstWhat() {
    NeAccount ne = ne(vcpu(0, Map.of(), Map.of()));

    assertThat(diagnosis(ne, Optional.of(ne)).get(0))
        .isEqualTo("mme, 2023-11-14 22:14:20 to 22:15:20, beside 22:13:20 to 22:14:20");
    assertThat(diagnosis(ne, Optional.empty()).get(0))
        .contains("nothing is known of the time before");
  }

  @Test
  void aQuotaIsFoundWithItsFileAndItsVcpu() {
    NeAccount now =
        ne(
            vcpu(0, Map.of(Line.THROTTLED, 42_000), Map.of()),
            vcpu(1, Map.of(Line.THROTTLED, 6_000), Map.of()));
    NeAccount before = ne(vcpu(0, Map.of(), Map.of()), vcpu(1, Map.of(), Map.of()));

    List<String> lines = diagnosis(now, Optional.of(before));

    assertThat(lines).contains("  THROTTLED +40.0 points, from 0.0 % to 40.0 %");
    List<String> quota = cause(lines, "THROTTLED");
    assertThat(quota.get(0)).contains("40.0 %, 0.0 % before; most on vCPU 0 of VM mme, 70.0 %");
    assertThat(quota.get(1))
        .contains(host.resolve("sys/fs/cgroup/machine/mme/cpu.max") + " is 30000 100000")
        .doesNotContain("machine/cpu.max");
  }

  @Test
  void waitingPointsToWhereThreadsMayRun() {
    NeAccount now =
        ne(
            vcpu(0, Map.of(Line.WAIT_PREEMPTED, 30_000), Map.of()),
            vcpu(1, Map.of(Line.WAIT_PREEMPTED, 30_000), Map.of()));

    assertThat(cause(diagnosis(now, Optional.empty()), "WAIT_PREEMPTED").get(1))
        .contains("vCPUs 0, 1 of VM mme may run on host CPUs 0-3 by SCHED_FIFO");
  }

  @Test
  void exitsAreNamedWithTheirRate() {
    NeAccount now = ne(vcpu(0, Map.of(Line.POLL, 3_000), Map.of(ExitClass.MSR_TIMER, 12_000)));

    List<String> lines = diagnosis(now, Optional.empty());

    assertThat(cause(lines, "MSR_TIMER exits").get(0)).contains("20.0 %, 200 a second: ");
    assertThat(cause(lines, "POLL").get(1)).contains("halt_poll_ns is 200000");
    assertThat(lines)
        .containsSequence(
            "Largest contributors besides the guests' own work", "  MSR_TIMER exits 20.0 %");
  }

  @Test
  void aSettingThatCannotBeReadSaysSo() throws IOException {
    Files.delete(host.resolve("sys/module/kvm/parameters/halt_poll_ns"));
    NeAccount now = ne(vcpu(0, Map.of(Line.POLL, 3_000), Map.of()));

    assertThat(cause(diagnosis(now, Optional.empty()), "POLL").get(1))
        .contains("halt_poll_ns cannot be read: it does not exist");
  }

  @Test
  void withoutACauseOnTheHostItIsTheGuestsOwnWork() {
    List<String> lines = diagnosis(ne(vcpu(0, Map.of(), Map.of())), Optional.empty());

    assertThat(lines).contains("Effective load 100.0 %. Most of it is for: demand.");
    assertThat(lines.get(lines.size() - 1)).contains("the load is the guests' own work");
  }

  @Test
  void aPartDoesNotPassForTheWhole() {
    VcpuAccount whole = vcpu(0, Map.of(), Map.of());
    VcpuAccount unknown =
        new VcpuAccount(
            new Vcpu(1, threadId(1), ThreadEvidence.KVM_BPF), 0, whole.reading(), Map.of());

    assertThat(diagnosis(ne(whole, unknown), Optional.empty()))
        .last()
        .asString()
        .contains("nothing can be said of the whole");
  }
}
