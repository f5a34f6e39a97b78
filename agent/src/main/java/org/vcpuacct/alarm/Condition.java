package org.vcpuacct.alarm;

/**
 * What an alarm can be raised for. A condition has a permanent number, which is its value in
 * VCPU-ACCT-MIB; the numbers are never used again for another one.
 */
public enum Condition {
  EFFECTIVE_LOAD(1, "effective-load", Scope.NE, Unit.HUNDREDTHS_OF_PERCENT),
  OVERHEAD(2, "overhead", Scope.NE, Unit.HUNDREDTHS_OF_PERCENT),
  CONTENTION(3, "contention", Scope.NE, Unit.HUNDREDTHS_OF_PERCENT),
  /** What the guest takes for its own work and the host knows was none. */
  GUEST_DISAGREES(4, "guest-disagrees", Scope.NE, Unit.HUNDREDTHS_OF_PERCENT),
  GUEST_SILENT(5, "guest-silent", Scope.VM, Unit.SECONDS),
  /** It ran, and does not any more. */
  VM_GONE(6, "vm-gone", Scope.VM, Unit.STATE),
  VCPU_CONTENTION(7, "vcpu-contention", Scope.VCPU, Unit.HUNDREDTHS_OF_PERCENT),
  EXIT_STORM(8, "exit-storm", Scope.EXIT_CLASS, Unit.EXITS_PER_SECOND),
  /** 99th percentile of the time from woken to running. */
  SCHEDULING_LATENCY(9, "scheduling-latency", Scope.VCPU, Unit.MICROSECONDS),
  TIER_LOWERED(10, "tier-lowered", Scope.HOST, Unit.STATE),
  AGENT_LATE(11, "agent-late", Scope.HOST, Unit.MILLISECONDS),
  /** None of the VMs runs of a network element that the operator named. */
  NE_WITHOUT_VMS(12, "ne-without-vms", Scope.NE, Unit.STATE);

  /** What a condition is observed of. */
  public enum Scope {
    HOST,
    NE,
    VM,
    VCPU,
    /** One exit class of a vCPU. */
    EXIT_CLASS
  }

  private final int number;
  private final String label;
  private final Scope scope;
  private final Unit unit;

  Condition(int number, String label, Scope scope, Unit unit) {
    this.number = number;
    this.label = label;
    this.scope = scope;
    this.unit = unit;
  }

  /** Permanent number. */
  public int number() {
    return number;
  }

  /** Lower case name: that of its section in the configuration. */
  public String label() {
    return label;
  }

  /** What it is observed of. */
  public Scope scope() {
    return scope;
  }

  /** What its figure and its thresholds are counted in. */
  public Unit unit() {
    return unit;
  }
}
