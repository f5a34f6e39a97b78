package org.vcpuacct.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.vcpuacct.ledger.ExitReasons.Reason;

class ExitReasonsTest {

  @ParameterizedTest
  @CsvSource({
    "SVM, 0x7b, IO",
    "SVM, 0x78, HLT",
    "SVM, 0x60, EXTERNAL_IRQ",
    "SVM, 0x400, NPF",
    "SVM, 0x7c, MSR_OTHER",
    "SVM, 0x81, HYPERCALL",
    "SVM, 0x25, CR_DR",
    "SVM, 0x72, CPUID",
    "VMX, 30, IO",
    "VMX, 12, HLT",
    "VMX, 48, NPF",
    "VMX, 49, MMIO",
    "VMX, 52, PREEMPTION_TIMER",
    "VMX, 18, HYPERCALL",
    "VMX, 21, NESTED",
    "VMX, 0, EXCEPTION",
    "ARM64, 0x201, WFX",
    "ARM64, 0x216, SMC_HVC",
    "ARM64, 0x218, SYSREG",
    "ARM64, 0x224, NPF",
    "ARM64, 0, EXTERNAL_IRQ",
    "SVM, 0x999, OTHER",
    "VMX, 999, OTHER",
    "ARM64, 0x2ff, OTHER"
  })
  void aCodeHasItsClass(Isa isa, String code, ExitClass expected) {
    assertThat(ExitReasons.of(isa).classOf(Integer.decode(code))).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Isa.class)
  void rowsThatAlwaysApplyDoNotOverlap(Isa isa) {
    List<Reason> always =
        ExitReasons.of(isa).reasons().stream()
            .filter(reason -> reason.condition().isEmpty())
            .toList();

    for (int i = 1; i < always.size(); i++) {
      assertThat(always.get(i).first())
          .as("%s starts behind %s", always.get(i), always.get(i - 1))
          .isGreaterThan(always.get(i - 1).last());
    }
  }

  @ParameterizedTest
  @EnumSource(Isa.class)
  void aConditionalRowIsFollowedByOneOfTheSameCodeThatAlwaysApplies(Isa isa) {
    List<Reason> reasons = ExitReasons.of(isa).reasons();

    for (int i = 0; i < reasons.size(); i++) {
      if (reasons.get(i).condition().isPresent()) {
        assertThat(reasons.get(i + 1).first()).isEqualTo(reasons.get(i).first());
      }
    }
    assertThat(reasons.get(reasons.size() - 1).condition()).isEmpty();
  }

  @Test
  void anUnknownConditionIsNamed() {
    assertThatThrownBy(() -> ExitReasons.parse(new StringReader("1\tx\tIO\twhen-it-rains\n")))
        .hasMessageContaining("when-it-rains");
  }
}
