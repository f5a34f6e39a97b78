package org.vcpuacct.guest;

/**
 * How a guest's kernel divides the time of its CPUs. The order is that of the fields of a {@code
 * cpu} line of /proc/stat (proc_stat(5)).
 *
 * <p>As in that file, {@link #USER} includes {@link #GUEST}, and {@link #NICE} includes {@link
 * #GUEST_NICE} (kernel/sched/cputime.c account_guest_time, Linux 6.1).
 */
public enum GuestTime {
  USER("user", 50),
  NICE("nice", 51),
  /** In the kernel, interrupts not included. */
  SYSTEM("system", 52),
  IDLE("idle", 53),
  IOWAIT("iowait", 54),
  IRQ("irq", 56),
  SOFTIRQ("softirq", 61),
  /** What the guest was told that it had to wait for a pCPU. */
  STEAL("steal", 64),
  /** In guests of the guest. */
  GUEST("guest", 65),
  GUEST_NICE("guestnice", 66);

  private final String agentName;
  private final int systemStatsId;

  /**
   * @param agentName member of GuestLinuxCpuStats (qga/qapi-schema.json, QEMU 7.1)
   * @param systemStatsId last part of its OID in UCD-SNMP-MIB::systemStats
   */
  GuestTime(String agentName, int systemStatsId) {
    this.agentName = agentName;
    this.systemStatsId = systemStatsId;
  }

  String agentName() {
    return agentName;
  }

  int systemStatsId() {
    return systemStatsId;
  }
}
