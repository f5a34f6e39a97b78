package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The machine of ledger.h keeps the same account as its reference, to the last word. */
class LedgerParityTest {

  private static final int SLOT = 1;
  private static final int OTHER_SLOT = 2;
  private static final int SEQUENCES = 1_000;

  private static LedgerReplay replay;

  @BeforeAll
  static void load() throws IOException {
    try {
      replay = BpfLedgerReplay.load();
    } catch (KernelException e) {
      if (e.errno() == Errno.EPERM) {
        abort(e.getMessage());
      }
      throw e;
    }
  }

  @AfterAll
  static void close() throws IOException {
    if (replay != null) {
      replay.close();
    }
  }

  @Test
  void aNewAccountIsTheSame() throws IOException {
    replay.open(SLOT, LedgerEvents.OPENED_NS);

    assertThat(differences(new LedgerModel(LedgerEvents.OPENED_NS))).isEmpty();
  }

  @Test
  void aWholeLifeGivesTheSameAccount() throws IOException {
    sameAccountsOf(seed -> VcpuLife.of(seed, 30).events());
  }

  @Test
  void aLifeThatWasOnlyPartlySeenGivesTheSameAccount() throws IOException {
    sameAccountsOf(seed -> LedgerEvents.disturbed(seed, 30));
  }

  @Test
  void eventsInAnyOrderGiveTheSameAccount() throws IOException {
    sameAccountsOf(seed -> LedgerEvents.arbitrary(seed, 150));
  }

  @Test
  void anAccountTakesNoNoticeOfAnother() throws IOException {
    replay.open(SLOT, LedgerEvents.OPENED_NS);
    replay.open(OTHER_SLOT, LedgerEvents.OPENED_NS);
    for (LedgerEvent event : VcpuLife.of(1, 30).events()) {
      replay.apply(OTHER_SLOT, event);
    }

    assertThat(differences(new LedgerModel(LedgerEvents.OPENED_NS))).isEmpty();
  }

  private void sameAccountsOf(LongFunction<List<LedgerEvent>> generator) throws IOException {
    for (long seed = 0; seed < SEQUENCES; seed++) {
      List<LedgerEvent> events = generator.apply(seed);
      LedgerModel model = new LedgerModel(LedgerEvents.OPENED_NS);
      replay.open(SLOT, LedgerEvents.OPENED_NS);
      for (LedgerEvent event : events) {
        model.apply(event);
        replay.apply(SLOT, event);
      }
      if (!differences(model).isEmpty()) {
        failAtTheFirstDifference(seed, events);
      }
      AccountBalance.assertBalanced("seed " + seed, kernelAccount());
    }
  }

  private void failAtTheFirstDifference(long seed, List<LedgerEvent> events) throws IOException {
    LedgerModel model = new LedgerModel(LedgerEvents.OPENED_NS);
    replay.open(SLOT, LedgerEvents.OPENED_NS);
    for (int i = 0; i < events.size(); i++) {
      model.apply(events.get(i));
      replay.apply(SLOT, events.get(i));
      assertThat(differences(model))
          .as("seed %d, after event %d of %s", seed, i, events.subList(Math.max(0, i - 9), i + 1))
          .isEmpty();
    }
    throw new AssertionError("seed " + seed + ": the same events give two accounts");
  }

  private List<String> differences(LedgerModel model) throws IOException {
    Map<String, Long> expected = model.account();
    long[] words = replay.account(SLOT);
    assertThat(words).hasSize(AccountWords.NAMES.size());
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      String name = AccountWords.NAMES.get(i);
      if (words[i] != expected.get(name)) {
        differences.add(name + ": " + words[i] + ", not " + expected.get(name));
      }
    }
    return differences;
  }

  private Map<String, Long> kernelAccount() throws IOException {
    long[] words = replay.account(SLOT);
    return IntStream.range(0, words.length)
        .boxed()
        .collect(Collectors.toMap(AccountWords.NAMES::get, i -> words[i]));
  }
}
