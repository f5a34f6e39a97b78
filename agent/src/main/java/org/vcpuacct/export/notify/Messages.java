package org.vcpuacct.export.notify;

import org.snmp4j.PDU;
import org.snmp4j.Target;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.export.snmp.NotificationVariables;
import org.vcpuacct.snmp.SnmpLogin;

/** The messages to one target. */
final class Messages {

  private static final long NS_PER_TICK = 10_000_000;
  private static final long MAX_TICKS = 0xFFFF_FFFFL;

  private final NotifyTarget target;
  private final SnmpLogin login;
  private final long upSinceNs;

  /**
   * Messages to a target.
   *
   * @param upSinceNs CLOCK_MONOTONIC at which sysUpTime began, ns
   */
  Messages(NotifyTarget target, long upSinceNs) {
    this.target = target;
    this.login = SnmpLogin.of(target.credentials());
    this.upSinceNs = upSinceNs;
  }

  SnmpLogin login() {
    return login;
  }

  /**
   * A notification (RFC 3416 section 4.2.6). Its sysUpTime is when it is sent: when it came about
   * is one of its objects.
   *
   * @param type TRAP or INFORM of {@link PDU}
   */
  PDU message(int type, Notification notification) {
    PDU pdu = login.newPdu();
    pdu.setType(type);
    long ticks = (System.nanoTime() - upSinceNs) / NS_PER_TICK & MAX_TICKS;
    pdu.add(new VariableBinding(SnmpConstants.sysUpTime, new TimeTicks(ticks)));
    pdu.add(
        new VariableBinding(
            SnmpConstants.snmpTrapOID, NotificationVariables.identity(notification)));
    pdu.addAll(NotificationVariables.objects(notification));
    return pdu;
  }

  /** Where messages go. */
  Target<UdpAddress> address() {
    Target<UdpAddress> address = login.newTarget();
    address.setAddress(new UdpAddress(target.address().getAddress(), target.address().getPort()));
    address.setTimeout(target.timeout().toMillis());
    address.setRetries(target.retries());
    return address;
  }
}
