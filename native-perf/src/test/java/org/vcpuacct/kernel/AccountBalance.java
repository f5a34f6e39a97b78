package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/** What holds of every account between two events, whoever keeps it. */
final class AccountBalance {

  private static final long PLACE_EXIT = LedgerModel.Place.EXIT.ordinal();
  private static final int EXIT_LINE = LedgerModel.Line.EXIT.number();

  private final String of;
  private final Map<String, Long> words;

  private AccountBalance(String of, Map<String, Long> words) {
    this.of = of;
    this.words = words;
  }

  /**
   * Fails unless the account balances.
   *
   * @param of what the account is of, for the message
   * @param words the account's words by their names in {@link AccountWords#NAMES}
   */
  static void assertBalanced(String of, Map<String, Long> words) {
    AccountBalance balance = new AccountBalance(of, words);
    balance.linesSumToTheTimeThatHasPassed();
    balance.classesSumToTheirTotals();
    balance.histogramsHoldEachDurationOnce();
  }

  private long word(String name) {
    return words.get(name);
  }

  private long element(String array, int index) {
    return word(AccountWords.element(array, index));
  }

  private long sumOf(String array, int length) {
    long sum = 0;
    for (int i = 0; i < length; i++) {
      long element = element(array, i);
      if (element < 0) {
        throw new AssertionError(of + ": " + array + "[" + i + "] is " + element);
      }
      sum += element;
    }
    return sum;
  }

  private void linesSumToTheTimeThatHasPassed() {
    assertThat(word("sequence")).as("%s: sequence", of).isEven();
    assertThat(element("lines", 0)).as("%s: line 0, which is none", of).isZero();
    assertThat(word("lastNs") - word("openedNs") - sumOf("lines", AccountWords.LINES))
        .as("%s: residue", of)
        .isZero();
  }

  private void classesSumToTheirTotals() {
    long ns = 0;
    long count = 0;
    for (int i = 0; i < AccountWords.EXIT_CLASSES; i++) {
      String exits = AccountWords.element("exits", i);
      assertThat(word(exits + ".ns")).as("%s: %s.ns", of, exits).isNotNegative();
      ns += word(exits + ".ns");
      count += word(exits + ".count");
    }
    assertThat(ns).as("%s: ns of exits", of).isEqualTo(element("lines", EXIT_LINE));
    assertThat(count).as("%s: exits", of).isEqualTo(word("exitsTotal"));
    assertThat(sumOf("exitsByMode", AccountWords.GUEST_MODES))
        .as("%s: exits by mode", of)
        .isEqualTo(count);
  }

  /** An exit's duration is known at its end: that of the exit being handled is still to come. */
  private void histogramsHoldEachDurationOnce() {
    for (int i = 0; i < AccountWords.EXIT_CLASSES; i++) {
      long open = word("place") == PLACE_EXIT && i == openClass() ? 1 : 0;
      assertThat(sumOf(AccountWords.element("exitLog2", i), AccountWords.BUCKETS))
          .as("%s: durations of exits of class %d", of, i)
          .isEqualTo(word(AccountWords.element("exits", i) + ".count") - open);
    }
    assertThat(sumOf("latencyLog2", AccountWords.BUCKETS))
        .as("%s: latencies", of)
        .isLessThanOrEqualTo(word("switches"));
  }

  private long openClass() {
    long exitClass = word("exitClass");
    return exitClass < AccountWords.EXIT_CLASSES ? exitClass : 0;
  }
}
