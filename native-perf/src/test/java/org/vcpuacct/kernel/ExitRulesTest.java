package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ExitRulesTest {

  private static final int RULE_BYTES = 5;
  private static final int OTHER = 21;

  private final ExitRules rules = new ExitRules(OTHER);

  private byte[] rule(int code) {
    ByteBuffer settings = ByteBuffer.allocate(ExitRules.sizeBytes());
    rules.writeTo(settings);
    byte[] rule = new byte[RULE_BYTES];
    settings.get(code * RULE_BYTES, rule);
    return rule;
  }

  @Test
  void aCodeWithoutARuleIsOfTheDefaultClass() {
    assertThat(rule(0x7b)).containsExactly(OTHER, 0, 0, 0, 0);
    assertThat(rule(ExitRules.MAX_CODE - 1)).containsExactly(OTHER, 0, 0, 0, 0);
  }

  @Test
  void conditionsKeepTheirOrderAndTheClassWithoutOne() {
    rules.set(0x7c, 5);
    rules.add(0x7c, ExitCondition.MSR_TIMER, 4);
    rules.add(0x7c, ExitCondition.MSR_ICR, 6);
    assertThat(rule(0x7c)).containsExactly(5, 1, 4, 2, 6);
    assertThat(rule(0x7b)).containsExactly(OTHER, 0, 0, 0, 0);
  }

  @Test
  void whatTheKernelCannotHoldIsRefused() {
    rules.add(1, ExitCondition.MSR_TIMER, 4);
    rules.add(1, ExitCondition.MSR_ICR, 6);
    assertThatThrownBy(() -> rules.add(1, ExitCondition.NPF_RESERVED_BIT, 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("exit code 1");
    assertThatThrownBy(() -> rules.set(ExitRules.MAX_CODE, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rules.set(1, ExitRules.MAX_CLASS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ExitRules(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
