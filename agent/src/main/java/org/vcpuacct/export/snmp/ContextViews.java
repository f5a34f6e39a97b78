package org.vcpuacct.export.snmp;

import java.util.Optional;
import java.util.SortedSet;

/**
 * The trees that an agent serves, by SNMP context (RFC 3411 section 3.3.1). The default context,
 * "", has the whole host; each network element has one of its name. Safe for concurrent use.
 */
public interface ContextViews {

  /** The tree of the default context over the newest snapshot. */
  MibView defaultView();

  /** Names of the other contexts as of the newest snapshot: the network elements. */
  SortedSet<String> contexts();

  /** The tree of a context over the newest snapshot; empty if there is no such context. */
  Optional<MibView> view(String context);
}
