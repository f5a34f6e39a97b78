package org.vcpuacct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vcpuacct.alarm.Condition;
import org.vcpuacct.config.ConfigException;
import org.vcpuacct.config.ConfigFile;

/** vcpuacct.conf(5) has the keys, defaults and ranges that the file and its reader have. */
class ConfigManPageTest {

  private static final Path SHIPPED = Path.of("../systemd/vcpuacct.conf");

  /** A number sign and no space: a key with its default. */
  private static final Pattern SECTION = Pattern.compile("#?(\\[\\[?[a-z.-]+]]?)");

  private static final Pattern KEY = Pattern.compile("#?(\"?[a-z0-9-]+\"? = .+)");

  private static final Pattern RANGE = Pattern.compile("From (\\d+) to (\\d+)");

  /** Its keys are names. */
  private static final String COMMUNITIES = "[snmp.communities]";

  /** It stands in a section with a name. */
  private static final String OF_SOME = "[alarm.ne.effective-load]";

  private static final ManPage PAGE = read();

  @TempDir private Path dir;

  @Test
  void theKeysAndDefaultsAreThoseOfTheFile() throws IOException {
    Map<String, List<String>> shipped = new LinkedHashMap<>();
    String section = "";
    for (String line : Files.readAllLines(SHIPPED)) {
      Matcher header = SECTION.matcher(line);
      Matcher key = KEY.matcher(line);
      if (header.matches()) {
        section = header.group(1);
      } else if (key.matches()) {
        shipped.computeIfAbsent(section, name -> new ArrayList<>()).add(key.group(1));
      }
    }

    assertThat(sections().stream().collect(Collectors.toMap(name -> name, ConfigManPageTest::keys)))
        .isEqualTo(shipped);
  }

  @ParameterizedTest
  @MethodSource("singleSections")
  void theReaderKnowsTheseKeysAndNoOther(String section) {
    assertThatThrownBy(reading(section, keys(section), "no-such-key = 1"))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(knownKeys(section, e.getMessage()))
                    .containsExactlyInAnyOrderElementsOf(
                        keys(section).stream().map(ConfigManPageTest::name).toList()));
  }

  @ParameterizedTest
  @MethodSource("singleSections")
  void aNumberHasItsRange(String section) {
    List<String> needed =
        keys(section).stream().filter(key -> text(section, key).contains("must be there")).toList();
    for (String key : keys(section)) {
      Matcher range = RANGE.matcher(text(section, key));
      if (range.find()) {
        String refusal = "must be from " + range.group(1) + " to " + range.group(2);
        for (long outside :
            List.of(Long.parseLong(range.group(1)) - 1, Long.parseLong(range.group(2)) + 1)) {
          assertThatThrownBy(reading(section, needed, name(key) + " = " + outside))
              .hasMessageContaining(refusal);
        }
      } else if (key.matches(".* = \\d+")) {
        assertThat(text(section, key)).as(key).contains("From ");
      }
    }
  }

  @Test
  void eachConditionOfAnAlarmIsNamed() throws IOException {
    assertThat(Files.readString(ManPage.FOLDER.resolve("vcpuacct.conf.5")))
        .contains(Arrays.stream(Condition.values()).map(Condition::label).toList());
  }

  private static ManPage read() {
    try {
      return ManPage.read("vcpuacct.conf.5");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> sections() {
    return PAGE.sections().stream().filter(section -> section.startsWith("[")).toList();
  }

  /** What can be there once, with nothing before it. */
  private static List<String> singleSections() {
    return sections().stream()
        .filter(section -> !section.startsWith("[["))
        .filter(section -> !Set.of(COMMUNITIES, OF_SOME).contains(section))
        .toList();
  }

  /** The keys of a section with their values, as in the file. */
  private static List<String> keys(String section) {
    return PAGE.items(section).keySet().stream()
        .map(item -> item.substring("Ic ".length()))
        .toList();
  }

  private static String text(String section, String key) {
    return PAGE.items(section).get("Ic " + key);
  }

  private static String name(String key) {
    return key.substring(0, key.indexOf(" = "));
  }

  private ThrowingCallable reading(String section, List<String> keys, String last) {
    String text = section + "\n" + String.join("\n", keys) + "\n" + last + "\n";
    return () -> ConfigFile.read(Files.writeString(dir.resolve("vcpuacct.conf"), text));
  }

  /** What the reader says that it knows in a section, without the sections below it. */
  private static List<String> knownKeys(String section, String refusal) {
    String known = "unknown key; known here: ";
    assertThat(refusal).contains(known);
    List<String> keys =
        new ArrayList<>(
            List.of(refusal.substring(refusal.indexOf(known) + known.length()).split(", ")));
    String path = section.substring(1, section.length() - 1);
    keys.removeIf(
        key ->
            sections().contains("[" + path + "." + key + "]")
                || sections().contains("[[" + path + "." + key + "]]"));
    if (section.equals("[alarm]")) {
      keys.removeAll(Arrays.stream(Condition.values()).map(Condition::label).toList());
    }
    return keys;
  }
}
