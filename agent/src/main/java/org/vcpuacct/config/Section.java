package org.vcpuacct.config;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * One table of a configuration file, from which each known key is taken once. What has not been
 * taken when {@link #finish} is called is an unknown key.
 */
final class Section {

  private final Path file;
  private final String name;
  private final TomlTable table;
  private final Set<String> known = new LinkedHashSet<>();
  private final boolean secretKeys;

  /**
   * A table of the file.
   *
   * @param name the table's name, empty for the file's top level
   */
  Section(Path file, String name, TomlTable table) {
    this(file, name, table, false);
  }

  private Section(Path file, String name, TomlTable table, boolean secretKeys) {
    this.file = file;
    this.name = name;
    this.table = table;
    this.secretKeys = secretKeys;
  }

  /** The same table, whose keys are secrets: no message repeats one, its line tells which. */
  Section withSecretKeys() {
    return new Section(file, name, table, true);
  }

  /** The value of a key that holds a string; empty if the key is not there. */
  Optional<String> string(String key) throws ConfigException {
    return value(key, String.class, "a string in quotes");
  }

  /** The value of a key that holds a whole number; empty if the key is not there. */
  Optional<Long> integer(String key) throws ConfigException {
    return value(key, Long.class, "a whole number");
  }

  /**
   * The value of a key that holds a whole number; empty if the key is not there.
   *
   * @param min the least that is allowed
   * @param max the most that is allowed
   */
  Optional<Integer> number(String key, int min, int max) throws ConfigException {
    Optional<Long> number = integer(key);
    if (number.isPresent() && (number.get() < min || number.get() > max)) {
      throw at(key, "must be from " + min + " to " + max);
    }
    return number.map(Long::intValue);
  }

  /** The value of a key that holds true or false; empty if the key is not there. */
  Optional<Boolean> bool(String key) throws ConfigException {
    return value(key, Boolean.class, "true or false");
  }

  /**
   * The value of a key that holds a time; empty if the key is not there.
   *
   * @param min the shortest time allowed, ms
   * @param max the longest time allowed, ms
   */
  Optional<Duration> milliseconds(String key, long min, long max) throws ConfigException {
    Optional<Long> time = integer(key);
    if (time.isPresent() && (time.get() < min || time.get() > max)) {
      throw at(key, "must be from " + min + " to " + max);
    }
    return time.map(Duration::ofMillis);
  }

  /** The table below a key; empty if the key is not there. */
  Optional<Section> section(String key) throws ConfigException {
    return value(key, TomlTable.class, "a section, [" + qualified(key) + "]")
        .map(child -> new Section(file, qualified(key), child));
  }

  /** The tables of an array, {@code [[key]]}, in their order; none if the key is not there. */
  List<Section> sections(String key) throws ConfigException {
    return list(key, TomlTable.class, "sections, each [[" + qualified(key) + "]]").stream()
        .map(child -> new Section(file, qualified(key), child))
        .toList();
  }

  /** The strings of an array; none if the key is not there. */
  List<String> strings(String key) throws ConfigException {
    return list(key, String.class, "strings in quotes, in brackets");
  }

  /** The keys that are there: for a table whose keys are names. */
  Set<String> keys() {
    return table.keySet();
  }

  /** The file that this section is in. */
  Path file() {
    return file;
  }

  private <T> List<T> list(String key, Class<T> type, String wanted) throws ConfigException {
    Optional<TomlArray> array = value(key, TomlArray.class, wanted);
    List<Object> values = array.map(TomlArray::toList).orElse(List.of());
    if (!values.stream().allMatch(type::isInstance)) {
      throw at(key, "must be " + wanted);
    }
    return values.stream().<T>map(type::cast).toList();
  }

  /**
   * The value of a key that holds a string of a special form; empty if the key is not there.
   *
   * @param parser throws IllegalArgumentException, with a message that says what is allowed
   */
  <T> Optional<T> parsed(String key, Function<String, T> parser) throws ConfigException {
    Optional<String> text = string(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(text.get()));
    } catch (IllegalArgumentException e) {
      throw at(key, "\"" + text.get() + "\" cannot be used: " + e.getMessage());
    }
  }

  /** The same of a key that must be there. */
  <T> T required(String key, Function<String, T> parser) throws ConfigException {
    Optional<T> value = parsed(key, parser);
    if (value.isEmpty()) {
      throw new ConfigException(file, firstLine(), qualified(key) + " is missing");
    }
    return value.get();
  }

  /**
   * The value of a key that holds one of several words; empty if the key is not there.
   *
   * @param label the word of a choice
   */
  <T> Optional<T> choice(String key, List<T> choices, Function<T, String> label)
      throws ConfigException {
    return parsed(
        key,
        text ->
            choices.stream()
                .filter(choice -> label.apply(choice).equals(text))
                .findFirst()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            choices.stream()
                                .map(choice -> "\"" + label.apply(choice) + "\"")
                                .collect(joining(", ", "write one of ", "")))));
  }

  /** An exception that names this file, a key that must be there, and what to write. */
  ConfigException missing(String key, String mend) {
    return new ConfigException(file, firstLine(), qualified(key) + " is missing; " + mend);
  }

  private int firstLine() {
    return table.keySet().stream()
        .mapToInt(key -> table.inputPositionOf(List.of(key)).line())
        .min()
        .orElse(1);
  }

  /** An exception that names this file, the key's line and the key. */
  ConfigException at(String key, String problem) {
    TomlPosition position = table.inputPositionOf(List.of(key));
    return new ConfigException(file, position.line(), qualified(key) + ": " + problem);
  }

  /** An exception that names this file and section. */
  ConfigException here(String problem) {
    return new ConfigException(file, firstLine(), name + ": " + problem);
  }

  /** Rejects what nobody asked for. */
  void finish() throws ConfigException {
    for (String key : table.keySet()) {
      if (!known.contains(key)) {
        throw at(key, "unknown key; known here: " + String.join(", ", known));
      }
    }
  }

  private <T> Optional<T> value(String key, Class<T> type, String wanted) throws ConfigException {
    known.add(key);
    Object value = table.get(List.of(key));
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw at(key, "must be " + wanted);
    }
    return Optional.of(type.cast(value));
  }

  private String qualified(String key) {
    if (secretKeys) {
      return name;
    }
    return name.isEmpty() ? key : name + "." + key;
  }
}
