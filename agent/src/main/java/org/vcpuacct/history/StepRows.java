package org.vcpuacct.history;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.vcpuacct.history.track.Row;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.ThreadKindAccount;
import org.vcpuacct.ledger.ThreadTimes;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;

/** The rows of the steps of one block, by section. */
final class StepRows {

  /** The section that says when the steps were. */
  static final int TIME_SECTION = 0;

  /** The section of the network elements. */
  static final int NE_SECTION = 1;

  private static final int OTHER_SECTIONS = 2;

  private static final long DETAIL_NS = History.DETAIL_SECONDS * 1_000_000_000L;

  private final Map<ByteBuffer, Long> detailNs = new HashMap<>();
  private final GuestRows guests = new GuestRows();

  /** The section of the VMs that have this index, from 1. */
  static int vmSection(int index) {
    return NE_SECTION + index;
  }

  /** How many sections a step has. */
  static int sections(Snapshot snapshot) {
    return OTHER_SECTIONS + snapshot.vms().size();
  }

  /** Hands on the rows of the next step, section by section. */
  void of(Snapshot snapshot, BiConsumer<Integer, List<Row>> section) {
    section.accept(TIME_SECTION, List.of(timeRow(snapshot)));
    section.accept(NE_SECTION, snapshot.nes().stream().map(StepRows::neRow).toList());
    for (VmAccount vm : snapshot.vms()) {
      section.accept(vmSection(vm.index()), vmRows(vm, snapshot.takenNs()));
    }
  }

  private static Row timeRow(Snapshot snapshot) {
    long takenUnits = Resolution.units(snapshot.takenNs());
    return new Row(
        KeyKind.TIME.key().toArray(), new long[] {takenUnits, snapshot.takenEpochMillis()});
  }

  private static Row neRow(NeAccount ne) {
    return new Row(NeKey.of(ne).octets(), NeKey.row(ne.overload()));
  }

  private List<Row> vmRows(VmAccount vm, long takenNs) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(VmDescription.of(vm).octets(), new long[0]));
    for (VcpuAccount vcpu : vm.vcpus()) {
      addVcpu(rows, vm.index(), vcpu, takenNs);
    }
    for (ThreadKindAccount kind : vm.threads().kinds()) {
      rows.add(new Row(threadsKey(kind), threadsRow(kind.times())));
    }
    vm.guest().ifPresent(view -> rows.addAll(guests.of(vm.index(), view)));
    return rows;
  }

  private void addVcpu(List<Row> rows, int vm, VcpuAccount vcpu, long takenNs) {
    VcpuKey key = VcpuKey.of(vcpu);
    long[] values = VcpuRow.of(key, vcpu.reading(), Resolution.units(takenNs));
    rows.add(new Row(key.octets(), values));
    Optional<ExactDetail> detail = vcpu.reading().detail();
    if (detail.isPresent() && isDetailDue(vm, key, takenNs)) {
      rows.add(new Row(key.detailOctets(), DetailRow.of(detail.get()).row()));
    }
  }

  private boolean isDetailDue(int vm, VcpuKey key, long takenNs) {
    ByteBuffer account =
        ByteBuffer.allocate(2 * Integer.BYTES + Long.BYTES)
            .putInt(vm)
            .putInt(key.vcpu().id())
            .putLong(key.sinceNs())
            .flip();
    Long lastNs = detailNs.get(account);
    boolean due = lastNs == null || takenNs - lastNs >= DETAIL_NS;
    if (due) {
      detailNs.put(account, takenNs);
    }
    return due;
  }

  private static byte[] threadsKey(ThreadKindAccount kind) {
    return KeyKind.THREADS.key().octet(kind.kind().number()).toArray();
  }

  private static long[] threadsRow(ThreadTimes times) {
    return new long[] {
      Resolution.units(times.wallNs()),
      Resolution.units(times.cpuNs()),
      Resolution.units(times.waitNs())
    };
  }
}
