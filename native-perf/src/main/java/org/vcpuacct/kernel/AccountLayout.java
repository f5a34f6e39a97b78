package org.vcpuacct.kernel;

/**
 * Where {@code struct account} of ledger.h holds what: the number of each 64-bit word. Words that
 * describe a state hold the numbers of the enum of that name there.
 */
final class AccountLayout {

  static final int LINES_COUNT = 12;
  static final int EXIT_CLASSES = ExitRules.MAX_CLASS;
  static final int BUCKETS = 32;

  static final int SEQUENCE = 0;
  static final int OPENED_NS = 1;
  static final int LAST_NS = 2;
  static final int OPEN_LINE = 3;
  static final int EXIT_CLASS = 4;
  static final int PLACE = 5;
  static final int RUN_STATE = 6;
  static final int USER_HALTED = 7;
  static final int LINES = 8;
  static final int ENTRIES = LINES + LINES_COUNT;
  static final int EXITS_TOTAL = ENTRIES + 1;
  static final int USER_EXITS = ENTRIES + 2;
  static final int EXITS_BY_MODE = ENTRIES + 3;
  static final int LAST_OTHER_CODE = ENTRIES + 6;
  static final int CPU = ENTRIES + 7;
  static final int NODE = ENTRIES + 8;
  static final int SWITCHES = ENTRIES + 9;
  static final int CPU_MIGRATIONS = ENTRIES + 10;
  static final int NODE_MIGRATIONS = ENTRIES + 11;
  static final int MISSED_WAKEUPS = ENTRIES + 12;
  static final int LATENCY_MAX_NS = ENTRIES + 13;
  static final int EPISODE_NS = ENTRIES + 14;
  static final int THROTTLED_MARK_NS = ENTRIES + 15;
  static final int KERNEL_KNOWN = ENTRIES + 16;
  static final int KERNEL_EXITS_BASE = ENTRIES + 17;
  static final int MISSED_EXITS = ENTRIES + 18;
  static final int KERNEL_POLL_BASE_NS = ENTRIES + 19;
  static final int KERNEL_POLL_NS = ENTRIES + 20;
  static final int POLL_OFF_CPU_NS = ENTRIES + 21;
  static final int RUN_DELAY_KNOWN = ENTRIES + 22;
  static final int KERNEL_RUN_DELAY_BASE_NS = ENTRIES + 23;
  static final int KERNEL_RUN_DELAY_NS = ENTRIES + 24;
  static final int RUN_DELAY_BASE_NS = ENTRIES + 25;
  static final int RUN_DELAY_NS = ENTRIES + 26;
  static final int EXITS = ENTRIES + 27; // pairs of a count and ns
  static final int LATENCY_LOG2 = EXITS + 2 * EXIT_CLASSES;
  static final int EXIT_LOG2 = LATENCY_LOG2 + BUCKETS;
  static final int WORDS = EXIT_LOG2 + EXIT_CLASSES * BUCKETS;

  /** From one account to the next: each begins on a page of its own. */
  static final int ACCOUNT_BYTES = 8192;

  static final int MODE_USER = 1;
  static final int MODE_KERNEL = 2;
  static final int LINE_UNKNOWN = 11;
  static final int PLACE_GUEST = 2;
  static final int PLACE_EXIT = 3;
  static final int RUN_UNKNOWN = 0;
  static final int RUN_ENDED = 5;

  private AccountLayout() {}
}
