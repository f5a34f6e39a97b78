package org.vcpuacct.ledger;

import static org.vcpuacct.ledger.RollUp.CONTENTION;
import static org.vcpuacct.ledger.RollUp.IDLE;
import static org.vcpuacct.ledger.RollUp.OVERHEAD;
import static org.vcpuacct.ledger.RollUp.USEFUL;
import static org.vcpuacct.ledger.Tier.COUNTED;
import static org.vcpuacct.ledger.Tier.EXACT;
import static org.vcpuacct.ledger.Tier.SAMPLED;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The catalogue of ledger lines: where a nanosecond of a vCPU's wall time can stand.
 *
 * <p>The lines that a tier measures are a partition of wall time: in each tier every nanosecond
 * stands on exactly one of them, and they sum to wall time. What a lower tier cannot tell apart
 * stands on a line that says so ({@link #HOST_KERNEL}, {@link #WAIT}, {@link #ASLEEP}), never on
 * one that claims more.
 *
 * <p>To add a line, append a constant with the next free number, and its objects in VCPU-ACCT-MIB;
 * a test compares the two. Numbers are permanent: they are never changed and never reused.
 */
public enum Line {
  GUEST(1, "guest", USEFUL, "executing in guest mode", EXACT, COUNTED, SAMPLED),
  EXIT(2, "exit", OVERHEAD, "the host kernel handling an exit, on CPU", EXACT),
  VMM(3, "vmm", OVERHEAD, "user space of the VMM on the vCPU's thread", EXACT, COUNTED, SAMPLED),
  POLL(4, "poll", OVERHEAD, "halt polling: a pCPU burnt while the guest is idle", EXACT),
  HALTED(5, "halted", IDLE, "the guest is idle and the thread sleeps", EXACT),
  WAIT_PREEMPTED(6, "wait-preempted", CONTENTION, "runnable, another thread has the pCPU", EXACT),
  WAIT_WOKEN(7, "wait-woken", CONTENTION, "woken, not yet on a pCPU", EXACT),
  THROTTLED(8, "throttled", CONTENTION, "runnable, held back by a cgroup quota", EXACT),
  BLOCKED_HOST(9, "blocked-host", CONTENTION, "asleep in the kernel for the host's reasons", EXACT),
  BLOCKED_VMM(10, "blocked-vmm", OVERHEAD, "asleep in the VMM, on I/O or a lock", EXACT),
  UNKNOWN(11, "unknown", RollUp.UNKNOWN, "not measured", EXACT, COUNTED, SAMPLED),
  HOST_KERNEL(
      12,
      "host-kernel",
      OVERHEAD,
      "host kernel on CPU: exits, halt polling and the VMM's system calls together",
      COUNTED,
      SAMPLED),
  WAIT(13, "wait", CONTENTION, "runnable and not running, for any reason", COUNTED, SAMPLED),
  ASLEEP(14, "asleep", IDLE, "asleep, halted or blocked", COUNTED, SAMPLED);

  private static final Map<Tier, Set<Line>> BY_TIER = byTier();

  private final int number;
  private final String label;
  private final RollUp rollUp;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, see the constructor
  private final Set<Tier> tiers;

  Line(int number, String label, RollUp rollUp, String help, Tier... tiers) {
    this.number = number;
    this.label = label;
    this.rollUp = rollUp;
    this.help = help;
    this.tiers = Collections.unmodifiableSet(EnumSet.of(tiers[0], tiers));
  }

  /** Permanent number: the offset of this line's columns in VCPU-ACCT-MIB. */
  public int number() {
    return number;
  }

  /** Lower case name with hyphens, as a terminal or a metrics label shows it. */
  public String label() {
    return label;
  }

  /** What the line means to an operator. */
  public RollUp rollUp() {
    return rollUp;
  }

  /** One phrase that explains the line. */
  public String help() {
    return help;
  }

  /** The tiers that measure this line. In any other tier it is absent. */
  public Set<Tier> tiers() {
    return tiers;
  }

  /** The lines of a tier: they partition wall time. */
  public static Set<Line> of(Tier tier) {
    return BY_TIER.get(tier);
  }

  private static Map<Tier, Set<Line>> byTier() {
    Map<Tier, Set<Line>> byTier = new EnumMap<>(Tier.class);
    for (Tier tier : Tier.values()) {
      Set<Line> lines = EnumSet.noneOf(Line.class);
      for (Line line : values()) {
        if (line.tiers.contains(tier)) {
          lines.add(line);
        }
      }
      byTier.put(tier, Collections.unmodifiableSet(lines));
    }
    return byTier;
  }
}
