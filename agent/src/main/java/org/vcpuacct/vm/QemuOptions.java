package org.vcpuacct.vm;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.vcpuacct.host.CommandLine;
import org.vcpuacct.json.Json;
import org.vcpuacct.json.MalformedJsonException;

/**
 * The argument of an option of QEMU, in either of its forms: {@code key=value,...} with a comma in
 * a value written twice, or a JSON object, whose nested members have names with dots. Immutable.
 */
final class QemuOptions {

  private static final Set<String> YES = Set.of("on", "true", "yes", "y");

  private final Map<String, String> values;

  private QemuOptions(Map<String, String> values) {
    this.values = values;
  }

  /**
   * All arguments of an option that can be read.
   *
   * @param flag the option, without a dash
   * @param firstKey the key of a first element that has none
   */
  static List<QemuOptions> all(CommandLine commandLine, String flag, String firstKey) {
    return Stream.of("-" + flag, "--" + flag)
        .flatMap(spelling -> CommandLineOption.arguments(commandLine, spelling).stream())
        .flatMap(argument -> parse(argument, firstKey).stream())
        .toList();
  }

  /**
   * Reads an argument.
   *
   * @param firstKey the key of a first element that has none
   * @return empty if it begins as a JSON object and is none
   */
  static Optional<QemuOptions> parse(String argument, String firstKey) {
    Map<String, String> values = new HashMap<>();
    if (!argument.startsWith("{")) {
      readList(CommandLineOption.elements(argument), firstKey, values);
      return Optional.of(new QemuOptions(values));
    }
    try {
      flatten(Json.parse(argument.getBytes(StandardCharsets.UTF_8)), "", values);
      return Optional.of(new QemuOptions(values));
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  /** A value. */
  Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** Whether this key has this value. */
  boolean is(String key, String value) {
    return value.equals(values.get(key));
  }

  /** Whether a flag is set. */
  boolean isOn(String key) {
    return YES.contains(values.getOrDefault(key, "off"));
  }

  /** A flag may stand alone (util/qemu-option.c get_opt_name_value, QEMU 7.2). */
  private static void readList(List<String> elements, String firstKey, Map<String, String> values) {
    for (int i = 0; i < elements.size(); i++) {
      String element = elements.get(i);
      int equals = element.indexOf('=');
      if (equals >= 0) {
        values.put(element.substring(0, equals), element.substring(equals + 1));
      } else if (i == 0) {
        values.put(firstKey, element);
      } else {
        values.put(element, "on");
      }
    }
  }

  private static void flatten(Json json, String name, Map<String, String> values) {
    Map<String, Json> members = json.members();
    members.forEach(
        (key, member) -> flatten(member, name.isEmpty() ? key : name + "." + key, values));
    json.scalar().ifPresent(value -> values.put(name, value));
  }
}
