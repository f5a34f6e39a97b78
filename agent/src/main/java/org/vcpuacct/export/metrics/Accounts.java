package org.vcpuacct.export.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;

/** The accounts of a snapshot, each with the labels of its series. Immutable. */
record Accounts(List<Ne> nes, List<Vm> vms, List<Vcpu> vcpus) {

  /** The labels of a network element: {@code ne}. */
  record Ne(Labels labels, NeAccount account) {}

  /** The labels of a VM: {@code ne} and {@code vm}. */
  record Vm(Labels labels, VmAccount account) {}

  /** The labels of a vCPU: {@code ne}, {@code vm} and {@code vcpu}. */
  record Vcpu(Labels labels, VcpuAccount account) {}

  static Accounts of(Snapshot snapshot) {
    List<Ne> nes = new ArrayList<>();
    List<Vm> vms = new ArrayList<>();
    List<Vcpu> vcpus = new ArrayList<>();
    for (NeAccount account : snapshot.nes()) {
      Ne ne = new Ne(Labels.of("ne", account.name()), account);
      nes.add(ne);
      for (Vm vm : vmsOf(ne)) {
        vms.add(vm);
        vm.account().vcpus().forEach(vcpu -> vcpus.add(of(vm, vcpu)));
      }
    }
    return new Accounts(nes, vms, vcpus);
  }

  /** VMs may have one name, series may not: the later of two is NAME#INDEX, as with its NE. */
  private static List<Vm> vmsOf(Ne ne) {
    Set<String> taken = new HashSet<>();
    List<Vm> vms = new ArrayList<>();
    for (VmAccount vm : ne.account().vms()) {
      String name = vm.vm().name();
      while (!taken.add(name)) {
        name = name + "#" + vm.index();
      }
      vms.add(new Vm(ne.labels().and("vm", name), vm));
    }
    return vms;
  }

  private static Vcpu of(Vm vm, VcpuAccount vcpu) {
    return new Vcpu(vm.labels().and("vcpu", Integer.toString(vcpu.vcpu().id())), vcpu);
  }
}
