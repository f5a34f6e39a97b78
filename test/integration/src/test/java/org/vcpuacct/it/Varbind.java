package org.vcpuacct.it;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One variable of an answer, as net-snmp's tools print it.
 *
 * @param name the object and its index, by name or by number as the tool was asked
 * @param type as the tools call it: Counter64, Gauge32, INTEGER, STRING; empty if there is no such
 *     instance
 * @param value without its type; enumerations as numbers
 */
record Varbind(String name, String type, String value) {

  private static final Pattern LINE = Pattern.compile("(\\S+) = (.*)");
  private static final Pattern TYPED = Pattern.compile("([A-Z][A-Za-z0-9-]*): ?(.*)");
  private static final Pattern TICKS = Pattern.compile("\\((\\d+)\\) .*");

  /**
   * Reads a line of the tools' output.
   *
   * @throws AssertionError if it is not one, or if the type is not the one that the MIB gives
   */
  static Varbind parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches() || line.contains("Wrong Type")) {
      throw new AssertionError("not a variable: " + line);
    }
    String name = matcher.group(1);
    String rest = matcher.group(2);
    if (rest.startsWith("No Such ") || rest.startsWith("No more variables")) {
      return new Varbind(name, "", rest);
    }
    if (rest.equals("\"\"")) {
      return new Varbind(name, "STRING", "");
    }
    Matcher typed = TYPED.matcher(rest);
    if (!typed.matches()) {
      throw new AssertionError("a variable without a type: " + line);
    }
    return new Varbind(name, typed.group(1), typed.group(2).replaceAll("^\"|\"$", ""));
  }

  /** Whether the agent has such an instance. */
  boolean isPresent() {
    return !type.isEmpty();
  }

  /** The value of a number. */
  long asLong() {
    if (!isPresent()) {
      throw new AssertionError(name + " is absent");
    }
    Matcher ticks = TICKS.matcher(value);
    String number = ticks.matches() ? ticks.group(1) : value;
    return number.startsWith("-") ? Long.parseLong(number) : Long.parseUnsignedLong(number);
  }

  /** The text of a string. */
  String asText() {
    if (!isPresent()) {
      throw new AssertionError(name + " is absent");
    }
    return value;
  }

  /** The last number of the name: the last part of the index. */
  int lastIndex() {
    return Integer.parseInt(name.substring(name.lastIndexOf('.') + 1));
  }
}
