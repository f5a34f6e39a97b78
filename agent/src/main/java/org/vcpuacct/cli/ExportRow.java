package org.vcpuacct.cli;

import java.util.function.Consumer;
import org.vcpuacct.history.Period;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.Window;

/** A vCPU over one step of the history. */
record ExportRow(Period step, NeAccount ne, VmAccount vm, VcpuAccount vcpu, Change change) {

  /** Hands on the rows of a step; a vCPU of which no change is known has none. */
  static void of(Period step, Consumer<ExportRow> each) {
    for (NeAccount ne : step.nes()) {
      for (VmAccount vm : ne.vms()) {
        for (VcpuAccount vcpu : vm.vcpus()) {
          vcpu.change(Window.LAST_INTERVAL)
              .ifPresent(change -> each.accept(new ExportRow(step, ne, vm, vcpu, change)));
        }
      }
    }
  }
}
