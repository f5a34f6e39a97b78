package org.vcpuacct.export.agentx;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.snmp4j.smi.OID;

/**
 * What one session has registered, against what it should have: fixed subtrees in the default
 * context and in each network element's.
 *
 * <p>They are fixed because net-snmp, once it has split a subtree for a registration inside it,
 * leaves it split until it is restarted.
 */
final class Registrations {

  private final List<OID> defaultSubtrees;
  private final List<OID> contextSubtrees;
  private final long retryNs;
  private final Set<Registration> held = new LinkedHashSet<>();
  private final Map<Registration, Long> refusedNs = new HashMap<>();

  /**
   * Nothing is registered yet.
   *
   * @param retryNs when to try again what was refused, ns
   */
  Registrations(AgentxSettings settings, long retryNs) {
    this.defaultSubtrees = settings.defaultSubtrees().stream().map(OID::new).toList();
    this.contextSubtrees = settings.contextSubtrees().stream().map(OID::new).toList();
    this.retryNs = retryNs;
  }

  /** What is to be registered now. */
  List<Registration> missing(SortedSet<String> contexts, long nowNs) {
    Set<Registration> missing = wanted(contexts);
    missing.removeAll(held);
    refusedNs.keySet().retainAll(missing);
    missing.removeIf(
        registration ->
            refusedNs.containsKey(registration) && nowNs - refusedNs.get(registration) < retryNs);
    return List.copyOf(missing);
  }

  /** What is to be unregistered now. */
  List<Registration> surplus(SortedSet<String> contexts) {
    Set<Registration> surplus = new LinkedHashSet<>(held);
    surplus.removeAll(wanted(contexts));
    return List.copyOf(surplus);
  }

  void registered(Registration registration) {
    held.add(registration);
  }

  void unregistered(Registration registration) {
    held.remove(registration);
  }

  void refused(Registration registration, long nowNs) {
    refusedNs.put(registration, nowNs);
  }

  private Set<Registration> wanted(Collection<String> contexts) {
    Set<Registration> wanted = new LinkedHashSet<>();
    defaultSubtrees.forEach(subtree -> wanted.add(new Registration("", subtree)));
    for (String context : contexts) {
      contextSubtrees.forEach(subtree -> wanted.add(new Registration(context, subtree)));
    }
    return wanted;
  }
}
