package org.vcpuacct.alarm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.ne.NeChange;

/**
 * A snapshot as the conditions look at it: what several of them need is worked out once. Immutable.
 *
 * @param elements the network elements, by subject
 */
record Observation(Snapshot snapshot, Map<Subject, Element> elements) {

  /**
   * A network element.
   *
   * @param change over the last interval; empty if it is not known for all its vCPUs
   */
  record Element(NeAccount ne, Optional<NeChange> change) {}

  static Observation of(Snapshot snapshot) {
    Map<Subject, Element> elements = new LinkedHashMap<>();
    for (NeAccount ne : snapshot.nes()) {
      elements.put(
          Subject.of(new Subject.Ne(ne.index(), ne.name())),
          new Element(ne, NeChange.of(ne, Window.LAST_INTERVAL)));
    }
    return new Observation(snapshot, elements);
  }

  /** What happened to the network element of a subject; empty if that is not known. */
  Optional<NeChange> changeOf(Subject subject) {
    return subject
        .ne()
        .flatMap(ne -> Optional.ofNullable(elements.get(Subject.of(ne))))
        .flatMap(Element::change);
  }

  /** Goes through all VMs. */
  void forEachVm(BiConsumer<Subject, VmAccount> action) {
    elements.forEach(
        (subject, element) ->
            element.ne().vms().forEach(vm -> action.accept(subject.of(vmOf(vm)), vm)));
  }

  /** Goes through all vCPUs that are measured. */
  void forEachVcpu(BiConsumer<Subject, VcpuAccount> action) {
    forEachVm(
        (subject, vm) ->
            vm.vcpus().forEach(vcpu -> action.accept(subject.ofVcpu(vcpu.vcpu().id()), vcpu)));
  }

  private static Subject.Vm vmOf(VmAccount vm) {
    return new Subject.Vm(vm.index(), vm.vm().name());
  }
}
