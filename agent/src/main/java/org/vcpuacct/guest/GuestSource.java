package org.vcpuacct.guest;

/** Who told a guest's load. The SNMP numbers are permanent. */
public enum GuestSource {
  /** qemu-guest-agent, on the VMM's socket. */
  QEMU_GUEST_AGENT(1, "qemu-guest-agent"),
  /** The guest's own SNMP agent, with UCD-SNMP-MIB. */
  SNMP(2, "snmp"),
  /** qemu-guest-agent, through libvirt. */
  LIBVIRT(3, "libvirt");

  private final int snmpNumber;
  private final String label;

  GuestSource(int snmpNumber, String label) {
    this.snmpNumber = snmpNumber;
    this.label = label;
  }

  /** The value of an SNMP object. */
  public int snmpNumber() {
    return snmpNumber;
  }

  /** What it is called in texts. */
  public String label() {
    return label;
  }
}
