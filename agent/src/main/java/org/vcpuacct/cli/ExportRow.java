package org.vcpuacct.cli;

import java.util.Optional;
import java.util.function.Consumer;
import org.vcpuacct.history.Period;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.ne.GuestComparison;

/**
 * A vCPU over one step of the history.
 *
 * @param ofNe what the guests of the network element say, between their last two reports; empty if
 *     that is not known of all of them
 * @param ofVm the same of the VM's guest
 */
record ExportRow(
    Period step,
    NeAccount ne,
    Optional<GuestComparison> ofNe,
    VmAccount vm,
    Optional<GuestComparison> ofVm,
    VcpuAccount vcpu,
    Change change) {

  /** Hands on the rows of a step; a vCPU of which no change is known has none. */
  static void of(Period step, Consumer<ExportRow> each) {
    for (NeAccount ne : step.nes()) {
      Optional<GuestComparison> ofNe = GuestComparison.of(ne);
      for (VmAccount vm : ne.vms()) {
        Optional<GuestComparison> ofVm = GuestComparison.of(vm);
        for (VcpuAccount vcpu : vm.vcpus()) {
          vcpu.change(Window.LAST_INTERVAL)
              .map(change -> new ExportRow(step, ne, ofNe, vm, ofVm, vcpu, change))
              .ifPresent(each);
        }
      }
    }
  }
}
