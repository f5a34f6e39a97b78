package org.vcpuacct.export.snmp;

import java.util.Collection;
import java.util.Set;

/**
 * The SNMP contexts that somebody may read.
 *
 * @param all every context, those to come included
 * @param names those that are named; "" is the default context
 */
public record ContextNames(boolean all, Set<String> names) {

  /** What stands for every context in a list of names. */
  private static final String EVERY = "*";

  public ContextNames {
    names = Set.copyOf(names);
  }

  /** Every context. */
  public static ContextNames every() {
    return new ContextNames(true, Set.of());
  }

  /** The contexts of a list; "*" in it stands for every one. */
  public static ContextNames of(Collection<String> list) {
    return list.contains(EVERY) ? every() : new ContextNames(false, Set.copyOf(list));
  }

  /** Whether a context is one of them; it need not exist. */
  boolean contains(String context) {
    return all || names.contains(context);
  }
}
