package org.vcpuacct.kernel;

/**
 * What can happen to the thread of a vCPU, as the ledger is told of it. Times are ns of
 * CLOCK_MONOTONIC.
 */
sealed interface LedgerEvent {

  /** The kinds of event, in the order of {@code enum event} in ledger.bpf.c. */
  enum Kind {
    ENTRY,
    EXIT,
    LEAVE,
    PREEMPT,
    BLOCK,
    WAKE,
    RUN,
    POLL,
    END,
    COMPARE_EXITS,
    COMPARE_RUN_DELAY,
    LEARN_KERNEL
  }

  /** What is known of a sleep when it begins, in the order of {@code enum sleep} in ledger.h. */
  enum Sleep {
    UNKNOWN,
    HALTED,
    BLOCKED,
    STOPPED
  }

  /** Which kind of event this is. */
  Kind kind();

  /** When it happens; 0 if it takes no notice of time. */
  default long nowNs() {
    return 0;
  }

  /** At most three words, as {@code struct replayed_event} in ledger.bpf.c takes them. */
  default long[] arguments() {
    return new long[0];
  }

  /** kvm_entry: the guest runs. */
  record Entry(long nowNs) implements LedgerEvent {
    @Override
    public Kind kind() {
      return Kind.ENTRY;
    }
  }

  /**
   * kvm_exit: the guest has left.
   *
   * @param exitClass number of the exit's class
   * @param guestMode where the guest was, see {@code enum guest_mode} in ledger.h
   */
  record Exit(long nowNs, int exitClass, int guestMode) implements LedgerEvent {
    @Override
    public Kind kind() {
      return Kind.EXIT;
    }

    @Override
    public long[] arguments() {
      return new long[] {exitClass, guestMode};
    }
  }

  /**
   * kvm_userspace_exit: KVM_RUN returns.
   *
   * @param halted because the guest halts, which the VMM is to see to
   */
  record Leave(long nowNs, boolean halted) implements LedgerEvent {
    @Override
    public Kind kind() {
      return Kind.LEAVE;
    }

    @Override
    public long[] arguments() {
      return new long[] {word(halted)};
    }
  }

  /**
   * sched_switch away from the thread, which would go on if it could.
   *
   * @param throttled a quota holds it back
   * @param throttledClockNs the clock that goes on while a quota holds the run queue back
   */
  record Preempt(long nowNs, boolean throttled, long throttledClockNs) implements LedgerEvent {
    @Override
    public Kind kind() {
      return Kind.PREEMPT;
    }

    @Override
    public long[] arguments() {
      return new long[] {word(throttled), throttledClockNs};
    }
  }

  /** sched_switch away from the thread, which sleeps. */
  record Block(long nowNs, Sleep sleep) implements LedgerEvent {
    @Override
    public Kind kind() {
      return Kind.BLOCK;
    }

    @Override
    public long[] arguments() {
      return new long[] {sleep.ordinal()};
    }
  }

  /** sched_wakeup, with arguments as those of {@link Preempt}. */
  record Wake(long nowNs, boolean throttled, long throttledClockNs) implements LedgerEvent {
    @Override
    public Kind kind() {
      return Kind.WAKE;
    }

    @Override
    public long[] arguments() {
      return new long[] {word(throttled), throttledClockNs};
    }
  }

  /** sched_switch to the thread, on this pCPU of this NUMA node. */
  record Run(long nowNs, int cpu, int node, long throttledClockNs) implements LedgerEvent {
    @Override
    public Kind kind() {
      return Kind.RUN;
    }

    @Override
    public long[] arguments() {
      return new long[] {cpu, node, throttledClockNs};
    }
  }

  /**
   * kvm_vcpu_wakeup: a halt is over.
   *
   * @param kernelPollNs all polling that the kernel has counted of the vCPU so far
   */
  record Poll(long nowNs, long kernelPollNs) implements LedgerEvent {
    @Override
    public Kind kind() {
      return Kind.POLL;
    }

    @Override
    public long[] arguments() {
      return new long[] {kernelPollNs};
    }
  }

  /** sched_process_exit: the thread ends. */
  record End(long nowNs) implements LedgerEvent {
    @Override
    public Kind kind() {
      return Kind.END;
    }
  }

  /** At an entry: all exits that the kernel has counted of the vCPU so far. */
  record CompareExits(long kernelExits) implements LedgerEvent {
    @Override
    public Kind kind() {
      return Kind.COMPARE_EXITS;
    }

    @Override
    public long[] arguments() {
      return new long[] {kernelExits};
    }
  }

  /** At a sched_switch away: all waiting that the kernel has counted of the thread so far. */
  record CompareRunDelay(long kernelRunDelayNs) implements LedgerEvent {
    @Override
    public Kind kind() {
      return Kind.COMPARE_RUN_DELAY;
    }

    @Override
    public long[] arguments() {
      return new long[] {kernelRunDelayNs};
    }
  }

  /** At the first entry: what the kernel has counted of the vCPU before the account. */
  record LearnKernel(long kernelExits, long kernelPollNs) implements LedgerEvent {
    @Override
    public Kind kind() {
      return Kind.LEARN_KERNEL;
    }

    @Override
    public long[] arguments() {
      return new long[] {kernelExits, kernelPollNs};
    }
  }

  private static long word(boolean flag) {
    return flag ? 1 : 0;
  }
}
