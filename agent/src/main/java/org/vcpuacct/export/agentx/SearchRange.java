package org.vcpuacct.export.agentx;

import org.snmp4j.smi.OID;

/**
 * Where to look for an instance (RFC 2741 section 5.2).
 *
 * @param start where the range begins
 * @param startIncluded whether the start is in it
 * @param end the first object identifier behind the range; without components if it has no end
 */
record SearchRange(OID start, boolean startIncluded, OID end) {

  /** Whether an instance lies before the end. */
  boolean endsAfter(OID instance) {
    return end.size() == 0 || instance.compareTo(end) < 0;
  }
}
