package org.vcpuacct.export.metrics;

import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.Log2Histogram;
import org.vcpuacct.ledger.ThreadTimes;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.vm.ThreadKind;

/** The families of VMs, but for what their guests say. */
final class VmMetrics {

  private static final Family VM = Family.info("vcpuacct_vm", "A VM that runs.");
  private static final Family THREAD_CPU =
      Family.counter(
          "vcpuacct_vm_thread_cpu_seconds",
          "CPU time of the threads of a VM that are not its vCPUs, by kind.");
  private static final Family THREAD_WAIT =
      Family.counter(
          "vcpuacct_vm_thread_wait_seconds",
          "Time that these threads were ready and did not run, by kind.");
  private static final Family EXIT_DURATION =
      Family.histogram(
          "vcpuacct_vm_exit_duration_seconds",
          "How long the host handled single exits of a VM, by class.");

  private static final Map<ThreadKind, Labels> KINDS =
      LabelSets.of(ThreadKind.class, "kind", ThreadKind::label);
  private static final Map<ExitClass, Labels> CLASSES =
      LabelSets.of(ExitClass.class, "class", ExitClass::label);

  private VmMetrics() {}

  static void write(Exposition out, Accounts accounts) {
    out.family(VM);
    accounts.vms().forEach(vm -> out.integer(vm.labels(), identity(vm.account()), 1));
    threads(out, accounts, THREAD_CPU, ThreadTimes::cpuNs);
    threads(out, accounts, THREAD_WAIT, ThreadTimes::waitNs);
    out.family(EXIT_DURATION);
    accounts.vms().forEach(vm -> exitDurations(out, vm));
  }

  private static Labels identity(VmAccount vm) {
    Labels vmm = Labels.of("vmm", LabelSets.lowerCase(vm.vm().vmm()));
    return vm.vm().uuid().map(uuid -> vmm.and("uuid", uuid.toString())).orElse(vmm);
  }

  private static void threads(
      Exposition out, Accounts accounts, Family family, ToLongFunction<ThreadTimes> ns) {
    out.family(family);
    for (Accounts.Vm vm : accounts.vms()) {
      vm.account()
          .threads()
          .kinds()
          .forEach(
              kind ->
                  out.seconds(vm.labels(), KINDS.get(kind.kind()), ns.applyAsLong(kind.times())));
    }
  }

  /** All vCPUs together, as each by itself would be too many series; no class without an exit. */
  private static void exitDurations(Exposition out, Accounts.Vm vm) {
    List<ExactDetail> details =
        vm.account().vcpus().stream().flatMap(vcpu -> vcpu.reading().detail().stream()).toList();
    CLASSES.forEach(
        (exitClass, label) -> {
          Log2Histogram durations =
              Log2Histogram.sum(
                  details.stream().map(of -> of.exitTimes().durations(exitClass)).toList());
          if (durations.total() > 0) {
            long ns = details.stream().mapToLong(of -> of.exitTimes().ns(exitClass)).sum();
            out.histogram(vm.labels(), label, durations, ns);
          }
        });
  }
}
