package org.vcpuacct.guest;

/** How the asking of a guest goes. The SNMP numbers are permanent. */
public enum GuestState {
  /** The last report is fresh. */
  OK(1, "ok"),
  /** The last report is old, and why the next one is late is not known yet. */
  STALE(2, "stale"),
  /** Nothing came within the time-out, or there is nobody to ask. */
  NOT_ANSWERING(3, "not answering"),
  /** Nobody asks this guest: no way to it is known. */
  NOT_CONFIGURED(4, "not configured"),
  /** Somebody said no: the guest, whoever stands before it, or we to an answer that is none. */
  REFUSED(5, "refused");

  private final int snmpNumber;
  private final String label;

  GuestState(int snmpNumber, String label) {
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
