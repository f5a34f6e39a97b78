package org.vcpuacct.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

  @Test
  void whatOthersNamedCannotWriteToTheTerminal() {
    assertThat(Text.clean("a\u001b[2Jb\nc\u0085d\u009bz")).isEqualTo("a?[2Jb?c?d?z");
  }

  @ParameterizedTest
  @CsvSource({"mme,5,'mme  '", "mme-1,5,mme-1", "mme-12,5,mme-+", "mme,0,''", "漢字漢字,5,漢字+"})
  void wordsFillTheirColumn(String text, int columns, String filled) {
    assertThat(Text.left(text, columns)).isEqualTo(filled);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "0.4,0",
    "99999,99999",
    "99999.6,100000",
    "152403,152k",
    "99999999,100000k",
    "1e8,100M"
  })
  void ratesStayShort(double perSecond, String written) {
    assertThat(Text.rate(OptionalDouble.of(perSecond))).isEqualTo(written);
  }

  @Test
  void absentIsNotZero() {
    assertThat(Text.rate(OptionalDouble.empty())).isEqualTo("-");
    assertThat(Text.percent(OptionalDouble.empty())).isEqualTo("-");
    assertThat(Text.percent(OptionalDouble.of(-0.0021))).isEqualTo("-0.2");
  }
}
