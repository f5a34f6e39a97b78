package org.vcpuacct.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void wordsStandToTheLeftAndFiguresToTheRight() {
    TextTable table = new TextTable().words("VM").figures("CPU%");
    table.row(List.of("mme-1", "9.5"));
    table.row(List.of("s", "100.0"));

    assertThat(table)
        .hasToString(
            """
            VM      CPU%
            mme-1    9.5
            s      100.0
            """);
  }

  @Test
  void aRowHasACellForEachColumn() {
    TextTable table = new TextTable().words("VM").figures("CPU%");

    assertThatThrownBy(() -> table.row(List.of("mme-1")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
