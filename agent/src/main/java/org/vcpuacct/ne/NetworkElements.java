package org.vcpuacct.ne;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.vm.VmIndexes;

/**
 * Puts VMs together to network elements. A VM is of the first set that has it; a VM of no set is a
 * network element by itself, of the same name and index.
 *
 * <p>Names are unique: a VM whose name another network element has already is called NAME#INDEX. Of
 * VMs with one name, the one with the lowest index keeps it.
 */
public final class NetworkElements {

  private final List<VmSet> sets;
  private final VmIndexes indexes;

  /**
   * Network elements of a host.
   *
   * @param sets those that the operator has named, each by another name
   * @param indexes gives the sets their indexes
   */
  public NetworkElements(List<VmSet> sets, VmIndexes indexes) {
    this.sets = List.copyOf(sets);
    this.indexes = indexes;
    sets.forEach(set -> indexes.ofSet(set.name()));
  }

  /** The network elements of these VMs; a set none of whose VMs is running is one without VMs. */
  public List<NeAccount> of(List<VmAccount> vms) {
    Map<String, List<VmAccount>> members = new LinkedHashMap<>();
    sets.forEach(set -> members.put(set.name(), new ArrayList<>()));
    List<VmAccount> single = new ArrayList<>();
    for (VmAccount vm : vms) {
      setOf(vm).map(set -> members.get(set.name())).orElse(single).add(vm);
    }
    List<NeAccount> elements = new ArrayList<>();
    members.forEach((name, of) -> elements.add(new NeAccount(indexes.ofSet(name), name, of)));
    elements.addAll(byThemselves(single, members.keySet()));
    return elements;
  }

  private Optional<VmSet> setOf(VmAccount vm) {
    return sets.stream().filter(set -> set.contains(vm.vm().name())).findFirst();
  }

  private static List<NeAccount> byThemselves(List<VmAccount> vms, Set<String> namesOfSets) {
    Set<String> taken = new HashSet<>(namesOfSets);
    List<NeAccount> elements = new ArrayList<>();
    for (VmAccount vm : sortedByIndex(vms)) {
      String name = vm.vm().name();
      while (!taken.add(name)) {
        name = name + "#" + vm.index();
      }
      elements.add(new NeAccount(vm.index(), name, List.of(vm)));
    }
    return elements;
  }

  private static List<VmAccount> sortedByIndex(List<VmAccount> vms) {
    return vms.stream().sorted(Comparator.comparingInt(VmAccount::index)).toList();
  }
}
