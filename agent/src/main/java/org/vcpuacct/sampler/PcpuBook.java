package org.vcpuacct.sampler;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.vcpuacct.host.CpuStat;
import org.vcpuacct.host.PcpuTicks;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.PcpuShares;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.Window;

/** Tells from one step to the next for what each CPU of the host was used. */
final class PcpuBook {

  private static final int WHOLE = 10_000;

  /** The lines on which a vCPU's thread has the CPU for what is not the guest's own work. */
  private static final Set<Line> OVERHEAD_ON_CPU =
      EnumSet.of(Line.EXIT, Line.VMM, Line.POLL, Line.HOST_KERNEL);

  private Map<Integer, PcpuTicks> earlier = Map.of();

  /** Shares of the wall time of vCPUs, added up for a pCPU. */
  private static final class OfGuests {
    private int guest;
    private int overhead;

    void add(Change change) {
      guest += share(change, Line.GUEST);
      OVERHEAD_ON_CPU.forEach(line -> overhead += share(change, line));
    }

    private static int share(Change change, Line line) {
      return change.share(line).orElse(0);
    }
  }

  /** What they were used for since the step before; none at the first. */
  List<PcpuShares> step(CpuStat now, List<VmAccount> vms) {
    Map<Integer, OfGuests> guests = ofGuests(vms);
    List<PcpuShares> shares = new ArrayList<>();
    now.pcpus()
        .forEach(
            (number, ticks) -> {
              PcpuTicks before = earlier.get(number);
              if (before != null && !before.equals(ticks)) {
                OfGuests of = guests.getOrDefault(number, new OfGuests());
                shares.add(shares(number, ticks.since(before), of));
              }
            });
    earlier = now.pcpus();
    return shares;
  }

  private static Map<Integer, OfGuests> ofGuests(List<VmAccount> vms) {
    Map<Integer, OfGuests> guests = new HashMap<>();
    for (VmAccount vm : vms) {
      for (var vcpu : vm.vcpus()) {
        vcpu.change(Window.LAST_INTERVAL)
            .ifPresent(
                change -> {
                  OptionalInt pcpu = change.stayedOnPcpu();
                  if (pcpu.isPresent()) {
                    guests.computeIfAbsent(pcpu.getAsInt(), of -> new OfGuests()).add(change);
                  }
                });
      }
    }
    return guests;
  }

  /** The ledger is exact; what the kernel's ticks say is fitted in. */
  private static PcpuShares shares(int number, PcpuTicks ticks, OfGuests of) {
    int guest = Math.min(of.guest, WHOLE);
    int overhead = Math.min(of.overhead, WHOLE - guest);
    long all = Math.max(1, ticks.busy() + ticks.idle());
    int idle = (int) Math.min(ticks.idle() * WHOLE / all, WHOLE - guest - overhead);
    return new PcpuShares(number, guest, overhead, WHOLE - guest - overhead - idle, idle);
  }
}
