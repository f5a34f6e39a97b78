package org.vcpuacct.ne;

import java.util.ArrayList;
import java.util.List;
import org.vcpuacct.guest.GuestReport;
import org.vcpuacct.guest.GuestState;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.VmAccount;

/** What keeps the figures of a network element from telling all. */
public final class NeFaults {

  private NeFaults() {}

  /** Each in words, fit for a terminal; none if nothing does. */
  public static List<String> of(NeAccount ne) {
    List<String> faults = new ArrayList<>();
    if (ne.vms().isEmpty()) {
      faults.add("none of its VMs is running");
    }
    for (VmAccount vm : ne.vms()) {
      addUnmeasured(vm, faults);
      vm.guest().ifPresent(guest -> addSilent(vm, guest.report(), faults));
    }
    return faults;
  }

  /** That no way to a guest is known is how the host is set up, not a fault. */
  private static void addSilent(VmAccount vm, GuestReport report, List<String> faults) {
    if (report.state() != GuestState.OK && report.state() != GuestState.NOT_CONFIGURED) {
      faults.add(
          "guest of %s: %s: %s"
              .formatted(vm.vm().name(), report.state().label(), report.message()));
    }
  }

  private static void addUnmeasured(VmAccount vm, List<String> faults) {
    int known = vm.vm().vcpus().size();
    int all = known + vm.vm().vcpusWithoutThread().size();
    int measured = vm.vcpus().size();
    if (measured < all) {
      String why = known < all ? "their threads are not known yet" : "see vaLimitTable";
      faults.add(
          "%d of %d vCPUs of %s are not measured: %s"
              .formatted(all - measured, all, vm.vm().name(), why));
    }
  }
}
