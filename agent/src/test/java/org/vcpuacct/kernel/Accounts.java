package org.vcpuacct.kernel;

/** Accounts as the kernel would leave them, made by hand. */
public final class Accounts {

  private final LedgerAccount account = new LedgerAccount();
  private final long[] words = account.words();

  private Accounts() {}

  /** An account opened at a time, with nothing in it. */
  public static Accounts openedAt(long ns) {
    Accounts accounts = new Accounts();
    accounts.words[AccountLayout.OPENED_NS] = ns;
    accounts.words[AccountLayout.LAST_NS] = ns;
    accounts.words[AccountLayout.OPEN_LINE] = AccountLayout.LINE_UNKNOWN;
    return accounts;
  }

  /** Posts time to a line, up to which there was an event. */
  public Accounts post(int line, long ns) {
    words[AccountLayout.LINES + line] += ns;
    words[AccountLayout.LAST_NS] += ns;
    return this;
  }

  /** Takes time from one line to another, as at the end of a halt. */
  public Accounts move(int from, int to, long ns) {
    words[AccountLayout.LINES + from] -= ns;
    words[AccountLayout.LINES + to] += ns;
    return this;
  }

  /** Time on a line that no clock tells of. */
  public Accounts addResidue(int line, long ns) {
    words[AccountLayout.LINES + line] += ns;
    return this;
  }

  /** The line that is open. */
  public Accounts open(int line) {
    words[AccountLayout.OPEN_LINE] = line;
    return this;
  }

  /** Exits of a class, all over, each with a duration in one bucket. */
  public Accounts exits(int exitClass, long count, long ns, int bucket) {
    words[AccountLayout.EXITS + 2 * exitClass] += count;
    words[AccountLayout.EXITS + 2 * exitClass + 1] += ns;
    words[AccountLayout.EXITS_TOTAL] += count;
    words[AccountLayout.ENTRIES] += count;
    words[LedgerAccount.histogramOf(exitClass) + bucket] += count;
    return this;
  }

  /** An exit of a class that is being handled. */
  public Accounts openExit(int exitClass) {
    words[AccountLayout.EXIT_CLASS] = exitClass;
    words[AccountLayout.PLACE] = AccountLayout.PLACE_EXIT;
    words[AccountLayout.EXITS + 2 * exitClass] += 1;
    words[AccountLayout.EXITS_TOTAL] += 1;
    return this;
  }

  /** What the kernel had counted of exits and polling when the account began to follow it. */
  public Accounts kernelBase(long exits, long pollNs) {
    words[AccountLayout.KERNEL_KNOWN] = 1;
    words[AccountLayout.KERNEL_EXITS_BASE] = exits;
    words[AccountLayout.KERNEL_POLL_BASE_NS] = pollNs;
    words[AccountLayout.KERNEL_POLL_NS] = pollNs;
    return this;
  }

  /** The thread is in guest mode. */
  public Accounts inGuest() {
    words[AccountLayout.PLACE] = AccountLayout.PLACE_GUEST;
    return this;
  }

  /** Exits that the kernel counted and the account did not. */
  public Accounts missedExits(long count) {
    words[AccountLayout.MISSED_EXITS] = count;
    return this;
  }

  /** A number of switches to the thread, on one pCPU. */
  public Accounts switches(long count, int cpu, int node) {
    words[AccountLayout.SWITCHES] += count;
    words[AccountLayout.CPU] = cpu;
    words[AccountLayout.NODE] = node;
    return this;
  }

  /** Waiting by the account's own figures, and by the scheduler's. */
  public Accounts waited(long ownNs, long kernelNs) {
    words[AccountLayout.RUN_DELAY_NS] += ownNs;
    words[AccountLayout.KERNEL_RUN_DELAY_NS] += kernelNs;
    return this;
  }

  /** The account, which goes on to change with this. */
  public LedgerAccount account() {
    return account;
  }
}
