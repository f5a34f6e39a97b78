package org.vcpuacct.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.ExitTimes;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.LineTimes;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.Window;

/** A {@link FullSnapshot} whose accounts grow: some time on every line, some of all exits. */
final class GrowingSnapshot {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final int MOST_EXITS_A_SECOND = 2_000;
  private static final int MOST_EXITS_NS = 5_000_000;

  private final Random random = new Random(1);
  private Snapshot newest;

  /** One of so many vCPUs, with a last interval. */
  GrowingSnapshot(int vcpus) {
    newest = FullSnapshot.of(vcpus);
    next();
  }

  /** What is known now. */
  synchronized Snapshot newest() {
    return newest;
  }

  /** What is known a second later. */
  synchronized Snapshot next() {
    List<VmAccount> vms = newest.vms().stream().map(this::grown).toList();
    Stream<NeAccount> nes =
        vms.stream()
            .map(vm -> new NeAccount(vm.index(), vm.vm().name(), 0, List.of(vm), Optional.empty()));
    newest =
        new Snapshot(
            newest.takenNs() + SECOND_NS,
            newest.takenEpochMillis(),
            newest.tier(),
            vms,
            nes.toList(),
            newest.hostCpu(),
            newest.pcpus(),
            newest.agent(),
            newest.limits());
    return newest;
  }

  private VmAccount grown(VmAccount vm) {
    return new VmAccount(
        vm.index(),
        vm.vm(),
        vm.sinceNs(),
        vm.kvmStats(),
        vm.vcpus().stream().map(this::grown).toList(),
        vm.threads(),
        vm.guest());
  }

  private VcpuAccount grown(VcpuAccount account) {
    Reading earlier = account.reading();
    Reading now =
        new Reading(
            earlier.cpuNs() + SECOND_NS / 2,
            earlier.waitNs(),
            earlier.lastPcpu(),
            LineTimes.of(Tier.EXACT, grownLines(earlier)),
            earlier.exits().map(this::grown),
            earlier.detail().map(this::grown));
    return new VcpuAccount(
        account.vcpu(),
        account.sinceNs(),
        now,
        Map.of(Window.LAST_INTERVAL, new Change(earlier, now)));
  }

  private long[] grownLines(Reading earlier) {
    long[] ns = earlier.lines().toArray();
    long leftNs = SECOND_NS;
    for (Line line : Line.of(Tier.EXACT)) {
      long grownNs = random.nextLong(leftNs / 4);
      ns[line.ordinal()] += grownNs;
      leftNs -= grownNs;
    }
    ns[Line.GUEST.ordinal()] += leftNs;
    return ns;
  }

  private ExitCounts grown(ExitCounts earlier) {
    ExitCounts.Builder exits = ExitCounts.builder(earlier.total() + MOST_EXITS_A_SECOND);
    for (ExitClass exitClass : ExitClass.values()) {
      OptionalLong count = earlier.of(exitClass);
      count.ifPresent(known -> exits.set(exitClass, grown(known, MOST_EXITS_A_SECOND)));
    }
    return exits.build();
  }

  private ExactDetail grown(ExactDetail earlier) {
    ExitTimes times = earlier.exitTimes();
    long[] ns =
        Arrays.stream(ExitClass.values())
            .mapToLong(exitClass -> grown(times.ns(exitClass), MOST_EXITS_NS))
            .toArray();
    return new ExactDetail(
        new ExitTimes(ns, Arrays.stream(ExitClass.values()).map(times::durations).toList()),
        earlier.scheduling(),
        earlier.entries(),
        earlier.userspaceExits(),
        earlier.guestUserExits(),
        earlier.guestKernelExits(),
        earlier.lastOtherCode());
  }

  /** Exits that the guest never caused do not begin. */
  private long grown(long counter, int most) {
    return counter == 0 ? 0 : counter + random.nextInt(most);
  }
}
