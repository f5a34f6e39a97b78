package org.vcpuacct.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vcpuacct.host.TracepointFormat;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitReasons;
import org.vcpuacct.ledger.ExitReasons.Condition;
import org.vcpuacct.ledger.ExitReasons.Reason;
import org.vcpuacct.ledger.Isa;

/**
 * The exits of a class as a filter on the tracepoint kvm:kvm_exit, in the language of
 * Documentation/trace/events.rst section 5.
 *
 * <p>An exit matches the filter of one class at most. One that matches none is of class {@link
 * ExitClass#OTHER}, which has no filter: whatever its code is, it is not lost.
 */
final class ExitFilters {

  private static final int ESR_CLASSES = 256;
  private static final String PFERR_RSVD_MASK = "0x8";
  // Valid, type NMI, vector 2: arch/x86/include/asm/vmx.h, Linux 6.12.
  private static final String INTR_INFO_OF_NMI = "0x80000202";

  private final Isa isa;
  private final List<Reason> reasons;

  /**
   * The filters for one architecture, as far as the record of this kernel goes.
   *
   * @param format of kvm:kvm_exit; a condition on a field that it does not have is left out, and
   *     its exits fall to the next row that covers their code
   */
  ExitFilters(Isa isa, ExitReasons exitReasons, TracepointFormat format) {
    this.isa = isa;
    this.reasons =
        exitReasons.reasons().stream()
            .filter(reason -> reason.exitClass() != ExitClass.OTHER)
            .filter(reason -> reason.condition().map(c -> recorded(c, format)).orElse(true))
            .toList();
  }

  /** Which exits are of the class; empty if none can be told. */
  Optional<String> of(ExitClass exitClass) {
    List<String> terms =
        merged(reasons.stream().filter(reason -> reason.exitClass() == exitClass).toList()).stream()
            .map(this::term)
            .toList();
    return terms.isEmpty() ? Optional.empty() : Optional.of(String.join(" || ", terms));
  }

  // Every comparison is made at every exit: neighbours that always apply become one range.
  private List<Reason> merged(List<Reason> rows) {
    List<Reason> merged = new ArrayList<>();
    for (Reason row : rows) {
      Reason last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && isPlain(last) && isPlain(row) && row.first() == last.last() + 1) {
        merged.set(
            merged.size() - 1,
            new Reason(last.first(), row.last(), row.name(), row.exitClass(), Optional.empty()));
      } else {
        merged.add(row);
      }
    }
    return merged;
  }

  private boolean isPlain(Reason reason) {
    return reason.condition().isEmpty() && earlierRows(reason).isEmpty();
  }

  private List<Reason> earlierRows(Reason reason) {
    return reasons.stream()
        .filter(other -> other.first() == reason.first() && other.condition().isPresent())
        .toList();
  }

  private String term(Reason reason) {
    String code = code(reason);
    return reason
        .condition()
        .map(condition -> "(" + code + " && " + predicate(condition) + ")")
        .orElseGet(() -> withoutEarlierRows(reason, code));
  }

  private String withoutEarlierRows(Reason reason, String code) {
    String earlier =
        earlierRows(reason).stream()
            .map(other -> " && !(" + predicate(other.condition().get()) + ")")
            .collect(Collectors.joining());
    return "(" + code + earlier + ")";
  }

  private String code(Reason reason) {
    if (isa != Isa.ARM64) {
      return range("exit_reason", reason.first(), reason.last());
    }
    String trap = "ret == " + reason.first() / ESR_CLASSES;
    String esrClass = range("esr_ec", reason.first() % ESR_CLASSES, reason.last() % ESR_CLASSES);
    return "(" + trap + " && " + esrClass + ")";
  }

  private static String range(String field, int first, int last) {
    return first == last
        ? field + " == " + first
        : "(" + field + " >= " + first + " && " + field + " <= " + last + ")";
  }

  private static String predicate(Condition condition) {
    return switch (condition) {
      case NPF_RESERVED_BIT -> "info1 & " + PFERR_RSVD_MASK;
      case INTERRUPTION_IS_NMI -> "intr_info == " + INTR_INFO_OF_NMI;
      case MSR_TIMER, MSR_ICR -> throw new IllegalArgumentException(condition + " is not recorded");
    };
  }

  // The number of the MSR is not in kvm_exit's record.
  private static boolean recorded(Condition condition, TracepointFormat format) {
    return switch (condition) {
      case NPF_RESERVED_BIT -> format.field("info1").isPresent();
      case INTERRUPTION_IS_NMI -> format.field("intr_info").isPresent();
      case MSR_TIMER, MSR_ICR -> false;
    };
  }
}
