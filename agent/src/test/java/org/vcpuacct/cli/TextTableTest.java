package org.vcpuacct.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

  private static final TextTable<String> TABLE =
      new TextTable<String>()
          .words("VM", vm -> vm)
          .figures("letters", vm -> Integer.toString(vm.length()));

  @Test
  void wordsStandToTheLeftAndFiguresToTheRight() {
    assertThat(TABLE.print(List.of("mme-1", "s")))
        .isEqualTo(
            """
            VM     letters
            mme-1        5
            s            1
            """);
  }

  @Test
  void withoutRowsThereAreHeadings() {
    assertThat(TABLE.print(List.of())).isEqualTo("VM  letters\n");
  }
}
