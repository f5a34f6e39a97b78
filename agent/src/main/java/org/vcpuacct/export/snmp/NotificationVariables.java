package org.vcpuacct.export.snmp;

import java.util.List;
import java.util.stream.Stream;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.VariableBinding;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.mib.VcpuAcctMib;

/** A notification as VCPU-ACCT-MIB has it. */
public final class NotificationVariables {

  private NotificationVariables() {}

  /** Which notification it is: the value of snmpTrapOID.0 (RFC 3418). */
  public static OID identity(Notification notification) {
    int condition = notification.condition().number();
    return new OID(
        notification.raised() ? VcpuAcctMib.raised(condition) : VcpuAcctMib.cleared(condition));
  }

  /** The objects that it carries, in the order of the MIB; what is absent is left out. */
  public static List<VariableBinding> objects(Notification notification) {
    return NotificationObject.ALL.stream()
        .flatMap(object -> binding(object, notification))
        .toList();
  }

  private static Stream<VariableBinding> binding(NotificationObject object, Notification told) {
    OID name = new OID(object.column()).append((int) told.alarm());
    return object.value().apply(told).map(value -> new VariableBinding(name, value)).stream();
  }
}
