package org.vcpuacct.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vcpuacct.host.Text.bytes;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuStatTest {

  private static final String STAT =
      """
      cpu  101 102 103 104 105 106 107 108 109 110
      cpu0 51 52 53 54 55 56 57 58 59 60
      cpu3 50 50 50 50 50 50 50 50 50 50
      intr 777 9 0 0 0
      ctxt 888
      btime 1700000000
      softirq 5 1 2
      """;

  private static final Map<Integer, PcpuTicks> PCPUS =
      Map.of(
          0, new PcpuTicks(51 + 52 + 53 + 56 + 57 + 58, 54 + 55),
          3, new PcpuTicks(300, 100));

  @Test
  void readsTheHostsTimes() throws Exception {
    assertThat(CpuStat.parse(bytes(STAT)))
        .isEqualTo(new CpuStat(101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 888, 777, PCPUS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu  ", "ctxt ", "intr "})
  void refusesAFileWithoutALine(String key) {
    assertThatThrownBy(() -> CpuStat.parse(bytes(STAT.replace(key, "x"))))
        .isInstanceOf(MalformedProcFileException.class)
        .hasMessageStartingWith("/proc/stat: no line " + key.strip());
  }
}
