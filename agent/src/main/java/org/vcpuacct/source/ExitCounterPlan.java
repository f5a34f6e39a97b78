package org.vcpuacct.source;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.vcpuacct.host.TracepointFormat;
import org.vcpuacct.kernel.PerfEvent;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.ExitReasons;
import org.vcpuacct.ledger.ExitReasons.Condition;
import org.vcpuacct.ledger.ExitReasons.Reason;
import org.vcpuacct.ledger.Isa;

/**
 * Which perf counters a vCPU's thread gets, and how exits by class come out of them.
 *
 * <p>One counter of kvm:kvm_exit counts all exits, and one each class but {@link ExitClass#OTHER},
 * which is what the classes leave of all. The number of the MSR is not in that record, so MSR exits
 * of a timer or an IPI are counted by kvm:kvm_msr, which the same exit fires a little later, and
 * taken off the class that counted the exit.
 */
final class ExitCounterPlan {

  // IA32_TSC_DEADLINE and the x2APIC's initial count and interrupt command registers:
  // arch/x86/include/asm/msr-index.h and apicdef.h, Linux 6.12.
  private static final String TIMER_MSRS = "(ecx == 0x6e0 || ecx == 0x838)";
  private static final String ICR_MSR = "ecx == 0x830";

  /** Adds to one class what a counter counted, and takes it off another. */
  private record Term(int counter, ExitClass adds, Optional<ExitClass> takesOff) {}

  private final List<PerfEvent> events = new ArrayList<>();
  private final List<Term> terms = new ArrayList<>();

  private ExitCounterPlan(PerfEvent allExits) {
    events.add(allExits);
  }

  /** A plan that counts all exits, for an architecture whose codes are not known. */
  static ExitCounterPlan ofTotal(TracepointFormat kvmExit) {
    return new ExitCounterPlan(PerfEvent.tracepoint("kvm:kvm_exit", kvmExit.id()));
  }

  /**
   * A plan that counts exits by class.
   *
   * @param kvmMsr empty on an architecture without MSRs
   */
  static ExitCounterPlan of(
      Isa isa, ExitReasons reasons, TracepointFormat kvmExit, Optional<TracepointFormat> kvmMsr) {
    ExitCounterPlan plan = ofTotal(kvmExit);
    plan.countClasses(new ExitFilters(isa, reasons, kvmExit));
    kvmMsr.ifPresent(format -> plan.countMsrs(reasons, format));
    return plan;
  }

  private void countClasses(ExitFilters filters) {
    PerfEvent allExits = events.get(0);
    for (ExitClass exitClass : ExitClass.values()) {
      filters
          .of(exitClass)
          .ifPresent(filter -> add(allExits.withFilter(filter), exitClass, Optional.empty()));
    }
  }

  private void countMsrs(ExitReasons reasons, TracepointFormat format) {
    PerfEvent msr = PerfEvent.tracepoint("kvm:kvm_msr", format.id());
    for (Reason reason : reasons.reasons()) {
      reason
          .condition()
          .flatMap(ExitCounterPlan::msrs)
          .map(registers -> msr.withFilter("write == 1 && " + registers))
          .ifPresent(
              event ->
                  add(event, reason.exitClass(), Optional.of(reasons.classOf(reason.first()))));
    }
  }

  private static Optional<String> msrs(Condition condition) {
    return switch (condition) {
      case MSR_TIMER -> Optional.of(TIMER_MSRS);
      case MSR_ICR -> Optional.of(ICR_MSR);
      case NPF_RESERVED_BIT, INTERRUPTION_IS_NMI -> Optional.empty();
    };
  }

  private void add(PerfEvent event, ExitClass adds, Optional<ExitClass> takesOff) {
    terms.add(new Term(events.size(), adds, takesOff));
    events.add(event);
  }

  /** The counters to open as one group. */
  List<PerfEvent> events() {
    return List.copyOf(events);
  }

  /**
   * The exits that a reading of the group says.
   *
   * @param hits what each counter stands at, by its place in {@link #events}
   * @param earlier the last counts of the same group. Between the two events of an MSR exit the
   *     class that counts it first is ahead by one: a count never falls below what was said before
   */
  ExitCounts counts(IntToLongFunction hits, Optional<ExitCounts> earlier) {
    long total = hits.applyAsLong(0);
    ExitCounts.Builder counts = ExitCounts.builder(total);
    byClass(hits, total)
        .forEach(
            (exitClass, count) -> counts.set(exitClass, Math.max(count, said(earlier, exitClass))));
    return counts.build();
  }

  private Map<ExitClass, Long> byClass(IntToLongFunction hits, long total) {
    Map<ExitClass, Long> byClass = new EnumMap<>(ExitClass.class);
    long classified = 0;
    for (Term term : terms) {
      long count = hits.applyAsLong(term.counter());
      byClass.merge(term.adds(), count, Long::sum);
      if (term.takesOff().isPresent()) {
        byClass.merge(term.takesOff().get(), -count, Long::sum);
      } else {
        classified += count;
      }
    }
    if (!byClass.isEmpty()) {
      byClass.put(ExitClass.OTHER, total - classified);
    }
    return byClass;
  }

  private static long said(Optional<ExitCounts> earlier, ExitClass exitClass) {
    return earlier.isEmpty() ? 0 : earlier.get().of(exitClass).orElse(0);
  }
}
