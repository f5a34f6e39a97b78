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

/** VMs of eight vCPUs each, in tier exact, second by second: the same each time. */
final class BusyHost {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final int VCPUS_A_VM = 8;

  private final Random random = new Random(1);
  private final List<Guest> guests = new ArrayList<>();
  private long nowNs = 5_000_000 * SECOND_NS;
  private long epochMillis = 1_700_000_000_000L;
  private long steps;

  /** A VM and what its other threads have used, ns. */
  private static final class Guest {
    private final Vm vm;
    private final List<BusyVcpu> vcpus = new ArrayList<>();
    private final long[] threadNs = new long[3];

    Guest(Vm vm) {
      this.vm = vm;
    }
  }

  BusyHost(int vcpus) {
    for (int vm = 1; vm <= vcpus / VCPUS_A_VM; vm++) {
      Guest guest = new Guest(vm(vm));
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
      nes.add(new NeAccount(i + 1, vm.vm().name(), SECOND_NS, List.of(vm), overload()));
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
        Optional.empty());
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

  private Optional<Overload> overload() {
    int load = 40 + random.nextInt(5);
    return Optional.of(new Overload(steps, 3_000, load, 0, OverloadLevel.NORMAL, Cause.DEMAND));
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
