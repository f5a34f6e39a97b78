package org.vcpuacct.kernel;

import java.util.Arrays;

/**
 * A copy of the account of one vCPU as the kernel keeps it, at one instant. {@link BpfLedger#read}
 * fills it anew. Times are ns of CLOCK_MONOTONIC. Lines and exit classes go by their number.
 *
 * <p>Lines sum to {@link #lastNs} less {@link #openedNs}. The time since then belongs to the line
 * that is open, and to the open exit class if that is the line of exits.
 */
public final class LedgerAccount {

  /** Lines are numbered from 1 up to, but not including, this. */
  public static final int LINES = AccountLayout.LINES_COUNT;

  /** Buckets of each histogram: bucket b holds durations from 2^b up to 2^(b+1) ns. */
  public static final int BUCKETS = AccountLayout.BUCKETS;

  private final long[] words = new long[AccountLayout.WORDS];

  long[] words() {
    return words;
  }

  private long word(int number) {
    return words[number];
  }

  /** When the account was opened. */
  public long openedNs() {
    return word(AccountLayout.OPENED_NS);
  }

  /** The last event: up to then, all time is posted. */
  public long lastNs() {
    return word(AccountLayout.LAST_NS);
  }

  /** The line to which the time since the last event belongs. */
  public int openLine() {
    return (int) word(AccountLayout.OPEN_LINE);
  }

  /** The class of the exit that is being handled, or was last. */
  public int openExitClass() {
    return (int) word(AccountLayout.EXIT_CLASS);
  }

  /** Whether the thread has ended. */
  public boolean ended() {
    return word(AccountLayout.RUN_STATE) == AccountLayout.RUN_ENDED;
  }

  /** Time posted to a line, ns. */
  public long lineNs(int line) {
    return word(AccountLayout.LINES + line);
  }

  /** How often the guest was entered. */
  public long entries() {
    return word(AccountLayout.ENTRIES);
  }

  /** Exits of all classes. */
  public long exits() {
    return word(AccountLayout.EXITS_TOTAL);
  }

  /** Exits of a class. */
  public long exits(int exitClass) {
    return word(AccountLayout.EXITS + 2 * exitClass);
  }

  /** Time on CPU that exits of a class took, ns. */
  public long exitNs(int exitClass) {
    return word(AccountLayout.EXITS + 2 * exitClass + 1);
  }

  /** How often KVM_RUN returned to the VMM. */
  public long userspaceExits() {
    return word(AccountLayout.USER_EXITS);
  }

  /** Exits while the guest was in user mode. */
  public long guestUserExits() {
    return word(AccountLayout.EXITS_BY_MODE + AccountLayout.MODE_USER);
  }

  /** Exits while the guest was in kernel mode. */
  public long guestKernelExits() {
    return word(AccountLayout.EXITS_BY_MODE + AccountLayout.MODE_KERNEL);
  }

  /** Raw code of the last exit of the default class. */
  public long lastOtherCode() {
    return word(AccountLayout.LAST_OTHER_CODE);
  }

  /** Times that the thread got onto a pCPU; before the first, the pCPU is not known. */
  public long switches() {
    return word(AccountLayout.SWITCHES);
  }

  /** The pCPU on which the thread runs or ran last. */
  public int cpu() {
    return (int) word(AccountLayout.CPU);
  }

  /** The NUMA node of that pCPU. */
  public int node() {
    return (int) word(AccountLayout.NODE);
  }

  /** How often the thread got onto another pCPU than before. */
  public long cpuMigrations() {
    return word(AccountLayout.CPU_MIGRATIONS);
  }

  /** How often that was one of another NUMA node. */
  public long nodeMigrations() {
    return word(AccountLayout.NODE_MIGRATIONS);
  }

  /** The longest time that the thread was woken and not yet running, ns. */
  public long maxLatencyNs() {
    return word(AccountLayout.LATENCY_MAX_NS);
  }

  /** Times that the thread ran after a sleep that no event had ended. */
  public long missedWakeups() {
    return word(AccountLayout.MISSED_WAKEUPS);
  }

  /** Whether the kernel's own figures of the vCPU have been read: at its first entry. */
  public boolean kernelKnown() {
    return word(AccountLayout.KERNEL_KNOWN) != 0;
  }

  /** kvm_vcpu_stat.exits when this account had counted none. */
  public long kernelExitsBase() {
    return word(AccountLayout.KERNEL_EXITS_BASE);
  }

  /** Exits that the kernel had counted at the last entry and the account had not. */
  public long missedExits() {
    return word(AccountLayout.MISSED_EXITS);
  }

  /** The kernel's halt_poll counters when the account was to begin to follow them, ns. */
  public long kernelPollBaseNs() {
    return word(AccountLayout.KERNEL_POLL_BASE_NS);
  }

  /** The same at the end of the last halt, ns. */
  public long kernelPollNs() {
    return word(AccountLayout.KERNEL_POLL_NS);
  }

  /** Polling by the kernel's clock during which the thread was not on a pCPU, ns. */
  public long pollOffCpuNs() {
    return word(AccountLayout.POLL_OFF_CPU_NS);
  }

  /** What the kernel's run_delay grew by while the account followed it, ns. */
  public long kernelRunDelayNs() {
    return word(AccountLayout.KERNEL_RUN_DELAY_NS) - word(AccountLayout.KERNEL_RUN_DELAY_BASE_NS);
  }

  /** What the lines of waiting grew by in the same time, ns. */
  public long ownRunDelayNs() {
    return word(AccountLayout.RUN_DELAY_NS) - word(AccountLayout.RUN_DELAY_BASE_NS);
  }

  /** Counts of durations for which the thread was woken and not yet running; a new array. */
  public long[] latencyHistogram() {
    return histogram(AccountLayout.LATENCY_LOG2);
  }

  /** Counts of durations of exits of a class; a new array. */
  public long[] exitHistogram(int exitClass) {
    return histogram(histogramOf(exitClass));
  }

  /** How many durations of exits of a class there are: the exits of it that are over. */
  public long exitHistogramTotal(int exitClass) {
    boolean open =
        exitClass == openExitClass() && word(AccountLayout.PLACE) == AccountLayout.PLACE_EXIT;
    return open ? exits(exitClass) - 1 : exits(exitClass);
  }

  /** Whether KVM may be in the midst of a halt: then it has counted polling that no event told. */
  public boolean mayBeHalting() {
    return word(AccountLayout.PLACE) != AccountLayout.PLACE_GUEST;
  }

  static int histogramOf(int exitClass) {
    return AccountLayout.EXIT_LOG2 + exitClass * BUCKETS;
  }

  private long[] histogram(int offset) {
    return Arrays.copyOfRange(words, offset, offset + BUCKETS);
  }
}
