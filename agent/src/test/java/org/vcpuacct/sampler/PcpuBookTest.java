package org.vcpuacct.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.vcpuacct.host.CpuStat;
import org.vcpuacct.host.PcpuTicks;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.LineTimes;
import org.vcpuacct.ledger.PcpuShares;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.vm.ThreadEvidence;
import org.vcpuacct.vm.Vcpu;

class PcpuBookTest {

  private static final long MS_NS = 1_000_000;

  private final PcpuBook book = new PcpuBook();

  /** What each CPU has used since boot, in ticks: busy, idle. */
  private List<PcpuShares> step(Map<Integer, PcpuTicks> pcpus, VcpuAccount... vcpus) {
    List<VmAccount> vms =
        new Snapshots().vm(1, "vm", Arrays.asList(vcpus), List.of()).build().vms();
    return book.step(new CpuStat(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, new TreeMap<>(pcpus)), vms);
  }

  private static VcpuAccount vcpu(int id, int fromPcpu, int toPcpu, Map<Line, Integer> ms) {
    long[] ns = new long[Line.values().length];
    Reading before = reading(fromPcpu, ns.clone());
    ms.forEach((line, of) -> ns[line.ordinal()] = of * MS_NS);
    Reading after = reading(toPcpu, ns);
    return new VcpuAccount(
        new Vcpu(id, 100 + id, ThreadEvidence.KVM_DEBUGFS),
        0,
        after,
        Map.of(Window.LAST_INTERVAL, new Change(before, after)));
  }

  private static Reading reading(int pcpu, long... ns) {
    LineTimes lines = LineTimes.of(Tier.COUNTED, ns);
    return new Reading(0, 0, pcpu, lines, Optional.empty(), Optional.empty());
  }

  @Test
  void tellsGuestsFromTheirOverheadAndFromOthers() {
    step(Map.of(0, new PcpuTicks(1000, 5000), 1, new PcpuTicks(0, 0)));

    List<PcpuShares> shares =
        step(
            Map.of(0, new PcpuTicks(1090, 5010), 1, new PcpuTicks(3, 97)),
            vcpu(0, 0, 0, Map.of(Line.GUEST, 500, Line.VMM, 200, Line.WAIT, 300)));

    assertThat(shares)
        .containsExactly(
            new PcpuShares(0, 5_000, 2_000, 2_000, 1_000), new PcpuShares(1, 0, 0, 300, 9_700));
  }

  @Test
  void aVcpuThatMovedIsNotTold() {
    step(Map.of(0, new PcpuTicks(0, 0)));

    assertThat(step(Map.of(0, new PcpuTicks(100, 0)), vcpu(0, 1, 0, Map.of(Line.GUEST, 1_000))))
        .containsExactly(new PcpuShares(0, 0, 0, 10_000, 0));
  }

  @Test
  void theLedgerPrevailsOverTicks() {
    step(Map.of(0, new PcpuTicks(0, 0)));

    assertThat(
            step(
                Map.of(0, new PcpuTicks(50, 50)),
                vcpu(0, 0, 0, Map.of(Line.GUEST, 900, Line.ASLEEP, 100))))
        .containsExactly(new PcpuShares(0, 9_000, 0, 0, 1_000));
  }

  @Test
  void thereIsNothingToTellAtTheFirstStepAndOfANewCpu() {
    assertThat(step(Map.of(0, new PcpuTicks(10, 10)))).isEmpty();
    assertThat(step(Map.of(0, new PcpuTicks(20, 20), 1, new PcpuTicks(1, 1)))).hasSize(1);
  }
}
