package org.vcpuacct.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.ledger.Line;

class BarTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 17, 39, 92, 500})
  void isAsLongAsItIsToBe(int columns) {
    Symbols symbols = new Symbols(Recorded.ofTwoSeconds().rollUps());

    Recorded.ofTwoSeconds()
        .usages()
        .forEach(
            usage ->
                assertThat(Bar.of(usage, columns, symbols, Palette.COLOUR).columnLength())
                    .isEqualTo(columns));
  }

  @Test
  void everyLineTakesAsMuchOfItAsOfTheTime() {
    Usage mme = Recorded.ofTwoSeconds().nes().get(0).usage().orElseThrow();

    assertThat(Bar.of(mme, 100, new Symbols(mme.rollUps()), Palette.PLAIN).toString())
        .isEqualTo(
            "g".repeat(38) + "e".repeat(28) + "vv" + "ppp" + ".".repeat(19) + "PPPP" + "wwwwww");
  }

  @Test
  void coloursSayTheRollUp() {
    Usage mme = Recorded.ofTwoSeconds().nes().get(0).usage().orElseThrow();

    assertThat(Bar.of(mme, 10, new Symbols(mme.rollUps()), Palette.COLOUR).toAnsi())
        .isEqualTo("\u001b[30;42mgggg\u001b[43meee\u001b[0m..\u001b[37;41mw\u001b[0m");
  }

  @Test
  void everyLineOfTheCatalogueThatIsNotIdleHasACharacterOfItsOwn() {
    Map<String, String> rollUps = new LinkedHashMap<>();
    for (Line line : Line.values()) {
      rollUps.put(line.label(), line.rollUp().name().toLowerCase(Locale.ROOT));
    }
    Symbols symbols = new Symbols(rollUps);
    long others = rollUps.values().stream().filter(rollUp -> !rollUp.equals("idle")).count();

    assertThat(rollUps.keySet().stream().map(symbols::of).filter(symbol -> symbol != '.'))
        .doesNotHaveDuplicates()
        .hasSize((int) others);
  }

  @Test
  void noColorIsHeeded() {
    assertThat(Palette.wanted(null)).isEqualTo(Palette.COLOUR);
    assertThat(Palette.wanted("")).isEqualTo(Palette.COLOUR);
    assertThat(Palette.wanted("1")).isEqualTo(Palette.PLAIN);
  }
}
