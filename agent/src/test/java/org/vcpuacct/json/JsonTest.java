package org.vcpuacct.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  private static final String ANSWER =
      "{\"return\":[{\"cpu\":0,\"user\":12,\"type\":\"linux\",\"on\":true,\"load\":0.5,\"no\":null}]}";

  @Test
  void readsEveryTypeOfValue() throws Exception {
    Json cpu = parse(ANSWER).member("return").orElseThrow().elements().orElseThrow().get(0);

    assertThat(cpu.integer("user")).hasValue(12);
    assertThat(cpu.string("type")).contains("linux");
    assertThat(cpu.member("on").flatMap(Json::bool)).contains(true);
    assertThat(cpu.member("load").flatMap(Json::number)).contains(0.5);
    assertThat(cpu.members()).containsKeys("cpu", "user", "type", "on", "load", "no");
  }

  @Test
  void aPartOfAnotherTypeIsAbsent() throws Exception {
    Json json = parse("{\"n\":1.0,\"s\":\"1\",\"big\":9223372036854775808}");

    assertThat(json.integer("n")).isEmpty();
    assertThat(json.integer("s")).isEmpty();
    assertThat(json.integer("big")).isEmpty();
    assertThat(json.string("n")).isEmpty();
    assertThat(json.elements()).isEmpty();
    assertThat(json.member("none")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\":1",
        "{} {}",
        "{}x",
        "nul",
        "{\"a\":1,\"a\":2}",
        "NaN",
        "'a'",
        "[1,]",
        "{a:1}",
        "\"\u0001\"",
        "01",
        "[",
        "]",
        "\u00ff",
        "{\"a\"}"
      })
  void refusesWhatIsNotOneValue(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void boundsDepthNumbersAndValues() {
    List<String> texts =
        List.of(
            "[".repeat(1000) + "]".repeat(1000),
            "9".repeat(1000),
            "[" + "0,".repeat(200_000) + "0]",
            "{\"" + "a".repeat(5000) + "\":1}");

    assertThat(texts)
        .allSatisfy(
            text ->
                assertThatThrownBy(() -> parse(text)).isInstanceOf(MalformedJsonException.class));
  }

  /** Nothing but the one exception comes out, however a text is broken. */
  @Test
  void survivesAnyText() {
    Random random = new Random(20261123);
    int read = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] text = ANSWER.getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(4); change >= 0; change--) {
        text[random.nextInt(text.length)] = (byte) random.nextInt(256);
      }
      read += isJson(Arrays.copyOf(text, random.nextInt(text.length + 1))) ? 1 : 0;
      read += isJson(text) ? 1 : 0;
    }
    assertThat(read).isBetween(1000, 50_000);
  }

  private static boolean isJson(byte[] text) {
    try {
      Json.parse(text);
      return true;
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  private static Json parse(String text) throws MalformedJsonException {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
