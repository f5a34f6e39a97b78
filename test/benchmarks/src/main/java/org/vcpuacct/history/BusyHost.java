package org.vcpuacct.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.vcpuacct.ledger.AgentStats;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Overload;
import org.vcpuacct.ledger.OverloadLevel;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.ThreadKindAccount;
import org.vcpuacct.ledger.ThreadTimes;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.VmThreads;
import org.vcpuacct.vm.ThreadKind;
import org.vcpuacct.vm.Vm;
import org.vcpuacct.vm.Vmm;

/**
 * VMs of four vCPUs each, in tier exact, whose guests tell their load, second by second: the same
 * each time. Call processing is asked for less above a load of 70 %.
 */
final class BusyHost {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final int VCPUS_A_VM = 4;
  private static final int SHED_ABOVE = 70;

  private final Random random = new Random(1);
  private final List<Guest> guests = new ArrayList<>();
  private long nowNs = 5_000_000 * SECOND_NS;
  private long epochMillis = 1_700_000_000_000L;
  private long steps;

  /** A VM and what its other threads have used, ns. */
  private static final class Guest {
    private final Vm vm;
    private final List<BusyVcpu> vcpus = new ArrayList<>();
    private final BusyGuest kernel;
    private final long[] threadNs = new long[3];
    private Overload asked = new Overload(1, 3_000, 0, 0, OverloadLevel.NORMAL, Cause.DEMAND);

    Guest(Vm vm, BusyGuest kernel) {
      this.vm = vm;
      this.kernel = kernel;
    }
  }

  BusyHost(int vcpus) {
    for (int vm = 1; vm <= vcpus / VCPUS_A_VM; vm++) {
      Guest guest = new Guest(vm(vm), new BusyGuest(random, nowNs));
      for (int id = 0; id < VCPUS_A_VM; id++) {
        guest.vcpus.add(new BusyVcpu(id, 100_000 + 10 * vm + id, nowNs, random));
      }
      guests.add(guest);
    }
  }

  /** What is known a second later. A step is as punctual as a busy host lets it be. */
  Snapshot next() {
    steps++;
    nowNs += SECOND_NS;
    epochMillis += 1_000;
    long takenNs = nowNs + random.nextInt(300_000);
    List<VmAccount> vms = new ArrayList<>();
    List<NeAccount> nes = new ArrayList<>();
    for (int i = 0; i < guests.size(); i++) {
      VmAccount vm = account(i + 1, guests.get(i), takenNs);
      vms.add(vm);
      Optional<Overload> asked = Optional.of(overload(guests.get(i)));
      nes.add(new NeAccount(i + 1, vm.vm().name(), SECOND_NS, List.of(vm), asked));
    }
    return new Snapshot(
        takenNs,
        epochMillis + random.nextInt(2),
        Tier.EXACT,
        vms,
        nes,
        Optional.empty(),
        List.of(),
        new AgentStats(steps, 0, 0, 0),
        List.of());
  }

  private VmAccount account(int index, Guest guest, long takenNs) {
    List<VcpuAccount> vcpus = new ArrayList<>();
    long readNs = takenNs;
    for (BusyVcpu vcpu : guest.vcpus) {
      readNs += 3_000 + random.nextInt(3_000);
      vcpus.add(vcpu.at(readNs));
    }
    return new VmAccount(
        index,
        guest.vm,
        SECOND_NS,
        Map.of(),
        vcpus,
        new VmThreads(List.of(), threads(guest, readNs)),
        Optional.of(guest.kernel.at(takenNs, vcpus)));
  }

  private List<ThreadKindAccount> threads(Guest guest, long readNs) {
    List<ThreadKindAccount> kinds = new ArrayList<>();
    ThreadKind[] of = {ThreadKind.EMULATOR, ThreadKind.IO_THREAD, ThreadKind.VHOST};
    for (int i = 0; i < of.length; i++) {
      guest.threadNs[i] += Math.round(30_000_000 * (1 + 0.2 * random.nextGaussian()));
      ThreadTimes times = new ThreadTimes(readNs, guest.threadNs[i], guest.threadNs[i] / 20);
      kinds.add(new ThreadKindAccount(of[i], times, Map.of()));
    }
    return kinds;
  }

  private static Overload overload(Guest guest) {
    double mean = guest.vcpus.stream().mapToDouble(BusyVcpu::load).average().orElseThrow();
    int load = (int) Math.round(100 * mean);
    int reduction = Math.max(0, load - SHED_ABOVE);
    OverloadLevel level = reduction > 0 ? OverloadLevel.MINOR : OverloadLevel.NORMAL;
    Overload before = guest.asked;
    if (before.load() != load || before.reduction() != reduction) {
      guest.asked =
          new Overload(before.sequence() + 1, 3_000, load, reduction, level, Cause.DEMAND);
    }
    return guest.asked;
  }

  private static Vm vm(int index) {
    return new Vm(
        10_000 + index,
        500 + index,
        12,
        Vmm.QEMU,
        "network-function-" + index,
        true,
        Optional.of(new UUID(0x1234_5678_9ABC_4DEFL, index)),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
