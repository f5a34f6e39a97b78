package org.vcpuacct.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vcpuacct.host.Text.bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedStatTest {

  @Test
  void readsTheThreeFigures() throws Exception {
    byte[] text = bytes("2140844637 14775240 71\n");

    assertThat(SchedStat.parse(text, text.length))
        .isEqualTo(new SchedStat(2_140_844_637L, 14_775_240L, 71));
  }

  @Test
  void ignoresWhatIsBehindTheLength() throws Exception {
    byte[] reusedBuffer = bytes("7 8 9\n37 14775240 71\n");

    assertThat(SchedStat.parse(reusedBuffer, "7 8 9\n".length())).isEqualTo(new SchedStat(7, 8, 9));
  }

  @Test
  void readsTheLargestFigure() throws Exception {
    byte[] text = bytes("9223372036854775807 0 0\n");

    assertThat(SchedStat.parse(text, text.length).cpuNs()).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "1 2", "1 2\n", "1 -2 3\n", "1 2x 3\n", "9223372036854775808 0 0"})
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> SchedStat.parse(bytes(text), text.length()))
        .isInstanceOf(MalformedProcFileException.class)
        .hasMessageStartingWith("/proc/PID/task/TID/schedstat: ");
  }
}
