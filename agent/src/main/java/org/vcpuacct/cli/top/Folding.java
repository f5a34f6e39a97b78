package org.vcpuacct.cli.top;

import java.util.HashSet;
import java.util.Set;

/**
 * Which network elements show their vCPUs. Immutable.
 *
 * @param open whether all of them do but the exceptions
 * @param exceptions names of network elements of which the contrary holds
 */
record Folding(boolean open, Set<String> exceptions) {

  static final Folding ALL_OPEN = new Folding(true, Set.of());

  Folding {
    exceptions = Set.copyOf(exceptions);
  }

  boolean isOpen(String ne) {
    return open != exceptions.contains(ne);
  }

  Folding toggled(String ne) {
    Set<String> changed = new HashSet<>(exceptions);
    if (!changed.remove(ne)) {
      changed.add(ne);
    }
    return new Folding(open, changed);
  }

  Folding allToggled() {
    return new Folding(!open, Set.of());
  }
}
