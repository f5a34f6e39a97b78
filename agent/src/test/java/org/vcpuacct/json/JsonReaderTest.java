package org.vcpuacct.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  private static final String HOST =
      """
      {"name":"h","up":true,"load":0.5,"ignored":[{"a":[1,{"b":{}}]}],
       "vms":[{"id":1,"deep":{"x":[[]]}},{"id":2}],"none":null}
      """;

  @Test
  void readsScalarsAndThePartsThatAreAskedFor() throws Exception {
    List<Long> ids = new ArrayList<>();

    Json host =
        JsonReader.read(
            utf8(HOST),
            reader ->
                reader.object(
                    name -> {
                      if (name.equals("vms")) {
                        ids.addAll(
                            reader.elements(() -> reader.object().integer("id").orElseThrow()));
                      }
                    }));

    assertThat(ids).containsExactly(1L, 2L);
    assertThat(host.string("name")).contains("h");
    assertThat(host.member("load").flatMap(Json::number)).contains(0.5);
    assertThat(host.members()).containsOnlyKeys("name", "up", "load", "none");
  }

  @Test
  void aValueOfAnotherTypeIsEmpty() throws Exception {
    assertThat(JsonReader.read(utf8("[1]"), JsonReader::object).members()).isEmpty();
    assertThat(JsonReader.<List<Json>>read(utf8("{}"), reader -> reader.elements(reader::object)))
        .isEmpty();
    assertThat(
            JsonReader.<List<Json>>read(utf8("[1,{}]"), reader -> reader.elements(reader::object)))
        .hasSize(2)
        .allSatisfy(element -> assertThat(element.members()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\":1",
        "{\"a\":",
        "{\"a\"",
        "{} {}",
        "{}x",
        "nul",
        "[1,]",
        "[",
        "]",
        "{a:1}",
        "{\"a\":\"\u0001\"}",
        "{\"a\":01}",
        "{\"a\":[}",
        "{\"a\":{]"
      })
  void malformedTextIsRefused(String text) {
    assertThatThrownBy(() -> JsonReader.read(utf8(text), JsonReader::object))
        .isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void depthIsBounded() {
    byte[] deep = utf8("[".repeat(1_000_000));

    assertThatThrownBy(() -> JsonReader.read(deep, JsonReader::object))
        .isInstanceOf(MalformedJsonException.class);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void readsIntegersByTheirPlace() throws Exception {
    assertThat(integers("[1,null,-3,9223372036854775807]"))
        .containsExactly("0: 1", "2: -3", "3: 9223372036854775807");
    assertThat(integers("[1.5,\"2\",9223372036854775808,[7],{\"a\":8},9]")).containsExactly("5: 9");
    assertThat(integers("[]")).isEmpty();
    assertThat(integers("{\"a\":1}")).isEmpty();
  }

  @Test
  void integersThatBreakOffAreNoJson() {
    assertThatThrownBy(() -> integers("[1,2")).isInstanceOf(MalformedJsonException.class);
  }

  private static List<String> integers(String text) throws MalformedJsonException {
    List<String> integers = new ArrayList<>();
    return JsonReader.read(
        text.getBytes(StandardCharsets.UTF_8),
        json -> {
          json.integers((place, number) -> integers.add(place + ": " + number));
          return integers;
        });
  }
}
