package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the tests take from ledger.h and ledger.bpf.c is what stands there. */
class AccountWordsTest {

  private static final Path BPF = Path.of("src/main/bpf");

  private static final Map<String, Integer> LENGTHS =
      Map.of(
          "LINES", AccountWords.LINES,
          "GUEST_MODES", AccountWords.GUEST_MODES,
          "EXIT_CLASSES", AccountWords.EXIT_CLASSES,
          "LOG2_BUCKETS", AccountWords.BUCKETS);

  private static final Pattern FIELD =
      Pattern.compile(
          "(?<type>__u64|struct exits_of_class) (?<name>\\w+)(?<lengths>[\\[\\]\\w]*);");

  private final String ledger = Files.readString(BPF.resolve("ledger.h"));
  private final String programs = Files.readString(BPF.resolve("ledger.bpf.c"));

  AccountWordsTest() throws IOException {}

  @Test
  void theWordsAreThoseOfTheStructure() {
    List<String> words = new ArrayList<>();
    Matcher field = FIELD.matcher(bodyOf(ledger, "struct account"));
    while (field.find()) {
      words.addAll(wordsOf(field.toMatchResult(), field.group("type")));
    }

    assertThat(words).containsExactlyElementsOf(AccountWords.NAMES);
  }

  @Test
  void theModelHasAllWordsAndNoOther() {
    assertThat(new LedgerModel(0).account().keySet())
        .containsExactlyInAnyOrderElementsOf(AccountWords.NAMES);
  }

  @Test
  void lengthsOfArraysAreThoseOfTheHeader() {
    assertThat(ledger).contains("#define LOG2_BUCKETS " + AccountWords.BUCKETS);
    assertThat(ledger).contains("#define EXIT_CLASSES " + AccountWords.EXIT_CLASSES);
    assertThat(ledger).contains("LINES = " + AccountWords.LINES);
    assertThat(constantsOf(ledger, "enum guest_mode").indexOf("GUEST_MODES"))
        .isEqualTo(AccountWords.GUEST_MODES);
  }

  @Test
  void constantsHaveTheNumbersOfTheirEnums() {
    for (LedgerModel.Line line : LedgerModel.Line.values()) {
      assertThat(ledger).contains("LINE_" + line + " = " + line.number() + ",");
    }
    assertThat(constantsOf(ledger, "enum place"))
        .isEqualTo(prefixed("PLACE_", LedgerModel.Place.values()));
    assertThat(constantsOf(ledger, "enum run_state"))
        .isEqualTo(prefixed("RUN_", LedgerModel.RunState.values()));
    assertThat(constantsOf(ledger, "enum sleep"))
        .isEqualTo(prefixed("SLEEP_", LedgerEvent.Sleep.values()));
    assertThat(constantsOf(programs, "enum event"))
        .isEqualTo(prefixed("EVENT_", LedgerEvent.Kind.values()));
  }

  private static String bodyOf(String source, String declaration) {
    Pattern pattern = Pattern.compile(declaration + " \\{(?<body>[^}]*)}");
    Matcher matcher = pattern.matcher(source);
    assertThat(matcher.find()).as(declaration).isTrue();
    return matcher.group("body");
  }

  private static List<String> constantsOf(String source, String declaration) {
    return Pattern.compile("\\w+")
        .matcher(bodyOf(source, declaration))
        .results()
        .map(MatchResult::group)
        .toList();
  }

  private static List<String> prefixed(String prefix, Enum<?>[] constants) {
    return Arrays.stream(constants).map(constant -> prefix + constant.name()).toList();
  }

  private static List<String> wordsOf(MatchResult field, String type) {
    List<String> words = List.of(camelCase(field.group(2)));
    Matcher length = Pattern.compile("\\w+").matcher(field.group(3));
    while (length.find()) {
      words = elementsOf(words, LENGTHS.get(length.group()));
    }
    return type.equals("__u64") ? words : words.stream().flatMap(AccountWordsTest::parts).toList();
  }

  private static List<String> elementsOf(List<String> arrays, int length) {
    List<String> elements = new ArrayList<>();
    for (String array : arrays) {
      for (int i = 0; i < length; i++) {
        elements.add(array + "[" + i + "]");
      }
    }
    return elements;
  }

  private static Stream<String> parts(String exitsOfClass) {
    return Stream.of(exitsOfClass + ".count", exitsOfClass + ".ns");
  }

  private static String camelCase(String name) {
    return Pattern.compile("_(\\w)")
        .matcher(name)
        .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
  }
}
