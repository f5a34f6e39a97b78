package org.vcpuacct.export.agentx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MasterUptimeTest {

  private static final long SECOND_NS = 1_000_000_000;
  private static final long MAX_TICKS = (1L << 32) - 1;

  private final MasterUptime uptime = new MasterUptime();

  @Test
  void itBeganSysUpTimeAgo() {
    assertThat(uptime.beganNs(250, 100 * SECOND_NS)).isEqualTo(97 * SECOND_NS + SECOND_NS / 2);
  }

  @Test
  void aSecondSessionWithTheSameMasterDoesNotMoveIt() {
    long first = uptime.beganNs(1_000, 100 * SECOND_NS);

    assertThat(uptime.beganNs(2_001, 110 * SECOND_NS)).isEqualTo(first);
    assertThat(uptime.beganNs(2_960, 120 * SECOND_NS)).isEqualTo(first);
  }

  @Test
  void aRestartedMasterMovesIt() {
    uptime.beganNs(1_000, 100 * SECOND_NS);

    assertThat(uptime.beganNs(3, 101 * SECOND_NS)).isEqualTo(101 * SECOND_NS - 30_000_000);
  }

  @Test
  void aSysUpTimeThatHasWrappedDoesNotMoveIt() {
    long first = uptime.beganNs(MAX_TICKS, 100 * SECOND_NS);

    assertThat(uptime.beganNs(99, 101 * SECOND_NS)).isEqualTo(first);
  }
}
