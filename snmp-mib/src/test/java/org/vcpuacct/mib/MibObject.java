package org.vcpuacct.mib;

import java.util.List;
import java.util.Map;

/**
 * One definition of a MIB module.
 *
 * @param name descriptor, {@code vaVmName}
 * @param oid object identifier in dotted decimal
 * @param macro the macro that defines it: OBJECT-TYPE, MODULE-IDENTITY, OBJECT-GROUP and so on
 * @param syntax the SYNTAX clause on one line; empty if there is none
 * @param enumeration numbers by label of an enumerated SYNTAX; empty for any other
 * @param range the range of a numeric SYNTAX, {@code 1..32}; empty if it has none
 * @param units the UNITS clause; empty if there is none
 * @param objects the descriptors of the OBJECTS clause; none if there is none
 * @param access the MAX-ACCESS clause; empty if there is none
 * @param description the DESCRIPTION clause with each run of white space as one space
 */
public record MibObject(
    String name,
    String oid,
    String macro,
    String syntax,
    Map<String, Integer> enumeration,
    String range,
    String units,
    List<String> objects,
    String access,
    String description) {

  /** Whether a GET can answer it: a scalar or a column that is not an inaccessible index. */
  public boolean readable() {
    return access.equals("read-only");
  }
}
