package org.vcpuacct.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonWriterTest {

  @Test
  void writesWhatIsThere() {
    assertThat(
            written(
                json -> {
                  json.put("text", "a\"\u0001\u00e9");
                  json.put("number", Long.MAX_VALUE);
                  json.put("int", OptionalInt.of(-1));
                  json.put("long", OptionalLong.of(2));
                  json.put("double", 0.25);
                  json.put("optional", Optional.of("x"));
                }))
        .isEqualTo(
            "{\"text\":\"a\\\"\\u0001\u00e9\",\"number\":9223372036854775807,\"int\":-1,"
                + "\"long\":2,\"double\":0.25,\"optional\":\"x\"}");
  }

  @Test
  void leavesOutWhatIsAbsent() {
    assertThat(
            written(
                json -> {
                  json.put("int", OptionalInt.empty());
                  json.put("long", OptionalLong.empty());
                  json.put("optional", Optional.empty());
                  json.putShare("share", OptionalInt.empty());
                }))
        .isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "1, 0.0001",
    "10, 0.001",
    "100, 0.01",
    "1000, 0.1",
    "9312, 0.9312",
    "10000, 1.0",
    "10001, 1.0001",
    "-25, -0.0025",
    "-12345, -1.2345",
    "2147483647, 214748.3647",
  })
  void writesSharesAsRatios(int hundredthsOfPercent, String ratio) {
    assertThat(written(json -> json.putShare("share", hundredthsOfPercent)))
        .isEqualTo("{\"share\":" + ratio + "}");
    assertThat(written(json -> json.putShare("share", OptionalInt.of(hundredthsOfPercent))))
        .isEqualTo("{\"share\":" + ratio + "}");
  }

  @Test
  void writesWhatHasParts() {
    assertThat(
            written(
                json -> {
                  json.putObject("object", () -> json.put("n", 1));
                  json.putObjects("objects", List.of(1, 2), n -> json.put("n", n));
                  json.putObjects("none", List.<Integer>of(), n -> json.put("n", n));
                  json.putNumbers("numbers", List.of(3, 4));
                  json.putPairs("pairs", pairs -> pairs.write(5, 6));
                  json.putPairs("noPairs", pairs -> {});
                }))
        .isEqualTo(
            "{\"object\":{\"n\":1},\"objects\":[{\"n\":1},{\"n\":2}],\"none\":[],"
                + "\"numbers\":[3,4],\"pairs\":[[5,6]],\"noPairs\":[]}");
  }

  private static String written(Consumer<JsonWriter> members) {
    return new String(JsonWriter.object(members), UTF_8);
  }
}
