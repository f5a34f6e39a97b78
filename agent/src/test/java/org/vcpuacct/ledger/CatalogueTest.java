package org.vcpuacct.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers of the catalogues are in the hands of NMSs: these lists only ever grow at the end. */
class CatalogueTest {

  @Test
  void lineNumbersAreAppendOnly() {
    assertThat(Arrays.stream(Line.values()).map(line -> line.number() + " " + line.label()))
        .containsExactly(
            "1 guest",
            "2 exit",
            "3 vmm",
            "4 poll",
            "5 halted",
            "6 wait-preempted",
            "7 wait-woken",
            "8 throttled",
            "9 blocked-host",
            "10 blocked-vmm",
            "11 unknown",
            "12 host-kernel",
            "13 wait",
            "14 asleep");
  }

  @Test
  void exitClassNumbersAreAppendOnly() {
    assertThat(Arrays.stream(ExitClass.values()).map(c -> c.number() + " " + c.label()))
        .containsExactly(
            "1 io",
            "2 mmio",
            "3 npf",
            "4 msr-timer",
            "5 msr-other",
            "6 ipi",
            "7 hlt",
            "8 external-irq",
            "9 irq-window",
            "10 cpuid",
            "11 hypercall",
            "12 pause",
            "13 cr-dr",
            "14 exception",
            "15 nmi",
            "16 preemption-timer",
            "17 wfx",
            "18 sysreg",
            "19 smc-hvc",
            "20 nested",
            "21 other");
  }

  @ParameterizedTest
  @EnumSource(Tier.class)
  void everyTierHasAPlaceForWhatItCannotTell(Tier tier) {
    assertThat(Line.of(tier)).contains(Line.GUEST, Line.VMM, Line.UNKNOWN);
  }
}
