package org.vcpuacct.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.vcpuacct.host.TracepointFormat;
import org.vcpuacct.kernel.PerfEvent;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.ExitReasons;
import org.vcpuacct.ledger.Isa;

class ExitCounterPlanTest {

  private static final TracepointFormat KVM_EXIT =
      new TracepointFormat(
          "kvm_exit", 7, Map.of("info1", new TracepointFormat.Field("info1", 16, 8, false)));
  private static final TracepointFormat KVM_MSR = new TracepointFormat("kvm_msr", 8, Map.of());

  private final ExitCounterPlan plan =
      ExitCounterPlan.of(Isa.SVM, ExitReasons.of(Isa.SVM), KVM_EXIT, Optional.of(KVM_MSR));

  @Test
  void theFirstCounterCountsAllExits() {
    assertThat(plan.events().get(0)).isEqualTo(PerfEvent.tracepoint("kvm:kvm_exit", 7));
  }

  @Test
  void msrExitsAreSplitByWhatTheMsrTracepointCounted() {
    ExitCounts counts =
        plan.counts(
            hits(Map.of("", 100L, "exit_reason == 124", 60L, "0x6e0", 40L, "0x830", 5L)),
            Optional.empty());

    assertThat(counts.total()).isEqualTo(100);
    assertThat(counts.of(ExitClass.MSR_TIMER)).hasValue(40);
    assertThat(counts.of(ExitClass.IPI)).hasValue(5);
    assertThat(counts.of(ExitClass.MSR_OTHER)).hasValue(15);
  }

  @Test
  void whatNoClassTookIsOther() {
    ExitCounts counts =
        plan.counts(
            hits(Map.of("", 100L, "exit_reason == 124", 60L, "0x6e0", 40L)), Optional.empty());

    assertThat(counts.of(ExitClass.OTHER)).hasValue(40);
  }

  @Test
  void theClassesSumToAllExits() {
    ExitCounts counts =
        plan.counts(
            hits(Map.of("", 1000L, "exit_reason == 123", 300L, "exit_reason == 124", 60L)),
            Optional.empty());

    long sum = 0;
    for (ExitClass exitClass : ExitClass.values()) {
      sum += counts.of(exitClass).orElse(0);
    }
    assertThat(sum).isEqualTo(1000);
  }

  @Test
  void aCountDoesNotFallWhenTheSecondEventOfAnMsrExitCatchesUp() {
    ExitCounts between =
        plan.counts(hits(Map.of("", 1L, "exit_reason == 124", 1L)), Optional.empty());
    ExitCounts after =
        plan.counts(
            hits(Map.of("", 1L, "exit_reason == 124", 1L, "0x6e0", 1L)), Optional.of(between));

    assertThat(between.of(ExitClass.MSR_OTHER)).hasValue(1);
    assertThat(after.of(ExitClass.MSR_OTHER)).hasValue(1);
    assertThat(after.of(ExitClass.MSR_TIMER)).hasValue(1);
  }

  @Test
  void classesOfOtherArchitecturesAreAbsent() {
    ExitCounts counts = plan.counts(counter -> 0, Optional.empty());

    assertThat(counts.of(ExitClass.WFX)).isEmpty();
    assertThat(counts.of(ExitClass.PREEMPTION_TIMER)).isEmpty();
    assertThat(counts.of(ExitClass.HLT)).hasValue(0);
  }

  @Test
  void withoutKnownCodesOnlyTheTotalIsCounted() {
    ExitCounterPlan total = ExitCounterPlan.ofTotal(KVM_EXIT);
    ExitCounts counts = total.counts(counter -> 5, Optional.empty());

    assertThat(total.events()).hasSize(1);
    assertThat(counts.total()).isEqualTo(5);
    assertThat(counts.of(ExitClass.OTHER)).isEmpty();
  }

  /** Hits of the counters whose filter contains a text; the empty text is the one of all exits. */
  private IntToLongFunction hits(Map<String, Long> byText) {
    List<PerfEvent> events = plan.events();
    Map<Integer, Long> hits = new HashMap<>();
    byText.forEach(
        (text, count) -> {
          for (int i = 0; i < events.size(); i++) {
            String filter = events.get(i).filter();
            if (text.isEmpty() ? filter.isEmpty() : filter.contains(text)) {
              hits.put(i, count);
            }
          }
        });
    return counter -> hits.getOrDefault(counter, 0L);
  }
}
