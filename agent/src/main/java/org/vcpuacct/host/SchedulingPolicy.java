package org.vcpuacct.host;

/** The names of the scheduling policies (sched(7); include/uapi/linux/sched.h, Linux 6.12). */
public final class SchedulingPolicy {

  private SchedulingPolicy() {}

  /** The name of a policy by its number. */
  public static String name(int policy) {
    return switch (policy) {
      case 0 -> "SCHED_OTHER";
      case 1 -> "SCHED_FIFO";
      case 2 -> "SCHED_RR";
      case 3 -> "SCHED_BATCH";
      case 5 -> "SCHED_IDLE";
      case 6 -> "SCHED_DEADLINE";
      case 7 -> "SCHED_EXT";
      default -> "scheduling policy " + policy;
    };
  }
}
