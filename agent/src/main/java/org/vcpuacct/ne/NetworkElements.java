package org.vcpuacct.ne;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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

  private volatile List<VmSet> sets;
  private final VmIndexes indexes;
  private final Map<Integer, Members> known = new HashMap<>();

  /** The VMs of a network element, and CLOCK_MONOTONIC since which they are, ns. */
  private record Members(Set<Integer> indexesOfVms, long sinceNs) {}

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

  /**
   * Puts VMs together otherwise when next asked. A network element whose VMs stay the same goes on.
   * Safe for use by any thread.
   */
  public void use(List<VmSet> others) {
    sets = List.copyOf(others);
  }

  /**
   * The network elements of these VMs; a set none of whose VMs is running is one without VMs. To be
   * asked once a step.
   *
   * @param nowNs CLOCK_MONOTONIC, ns
   */
  public List<NeAccount> of(List<VmAccount> vms, long nowNs) {
    List<VmSet> named = sets;
    Map<String, List<VmAccount>> members = new LinkedHashMap<>();
    named.forEach(set -> members.put(set.name(), new ArrayList<>()));
    List<VmAccount> single = new ArrayList<>();
    for (VmAccount vm : vms) {
      setOf(vm, named).map(set -> members.get(set.name())).orElse(single).add(vm);
    }
    List<NeAccount> elements = new ArrayList<>();
    members.forEach((name, of) -> elements.add(element(indexes.ofSet(name), name, of, nowNs)));
    byThemselves(single, members.keySet())
        .forEach((name, vm) -> elements.add(element(vm.index(), name, List.of(vm), nowNs)));
    known.keySet().retainAll(elements.stream().map(NeAccount::index).toList());
    return elements;
  }

  private static Optional<VmSet> setOf(VmAccount vm, List<VmSet> named) {
    return named.stream().filter(set -> set.contains(vm.vm().name())).findFirst();
  }

  private NeAccount element(int index, String name, List<VmAccount> vms, long nowNs) {
    Set<Integer> indexesOfVms = vms.stream().map(VmAccount::index).collect(toSet());
    Members members = known.get(index);
    if (members == null || !members.indexesOfVms().equals(indexesOfVms)) {
      members = new Members(indexesOfVms, nowNs);
      known.put(index, members);
    }
    return new NeAccount(index, name, members.sinceNs(), vms, Optional.empty());
  }

  private static Map<String, VmAccount> byThemselves(List<VmAccount> vms, Set<String> namesOfSets) {
    Set<String> taken = new HashSet<>(namesOfSets);
    Map<String, VmAccount> elements = new LinkedHashMap<>();
    for (VmAccount vm : sortedByIndex(vms)) {
      String name = vm.vm().name();
      while (!taken.add(name)) {
        name = name + "#" + vm.index();
      }
      elements.put(name, vm);
    }
    return elements;
  }

  private static List<VmAccount> sortedByIndex(List<VmAccount> vms) {
    return vms.stream().sorted(Comparator.comparingInt(VmAccount::index)).toList();
  }
}
