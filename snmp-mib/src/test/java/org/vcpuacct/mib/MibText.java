package org.vcpuacct.mib;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** VCPU-ACCT-MIB as its text defines it. Reads the SMIv2 that this module uses, not all of it. */
public final class MibText {

  private static final Pattern DEFINITION =
      Pattern.compile(
          "^(?<name>[a-z]\\w*) (?<macro>[A-Z-]+|OBJECT IDENTIFIER)"
              + "(?<body>\\s(?:\"[^\"]*\"|[^\"])*?)"
              + "::= \\{ (?<parent>\\w+) (?<number>\\d+) \\}$",
          Pattern.MULTILINE);
  private static final Pattern CONVENTION =
      Pattern.compile(
          "^(?<name>[A-Z]\\w*) ::= TEXTUAL-CONVENTION"
              + "(?<body>(?:\"[^\"]*\"|[^\"])*?SYNTAX\\s(?:.+\\n)+)",
          Pattern.MULTILINE);
  private static final Pattern SYNTAX =
      Pattern.compile("SYNTAX\\s+([A-Z][\\w-]*(?: (?:IDENTIFIER|OF \\w+))?)");
  private static final Pattern ENUMERATION = Pattern.compile("SYNTAX\\s+INTEGER \\{([^}]*)\\}");
  private static final Pattern LABEL = Pattern.compile("([a-z]\\w*)\\((\\d+)\\)");
  private static final Pattern RANGE = Pattern.compile("SYNTAX\\s+\\w+ \\((\\d+\\.\\.\\d+)\\)");
  private static final Pattern UNITS = Pattern.compile("UNITS\\s+\"([^\"]*)\"");
  private static final Pattern OBJECTS = Pattern.compile("OBJECTS\\s+\\{([^}]*)\\}");
  private static final Pattern ACCESS = Pattern.compile("MAX-ACCESS\\s+([\\w-]+)");
  private static final Pattern DESCRIPTION = Pattern.compile("DESCRIPTION\\s+\"([^\"]*)\"");

  /** Bodies by name. */
  private final Map<String, String> conventions = new LinkedHashMap<>();

  private final Map<String, MibObject> objects = new LinkedHashMap<>();

  private MibText(String text) {
    String code = withoutComments(text);
    CONVENTION
        .matcher(code)
        .results()
        .forEach(match -> conventions.put(match.group(1), match.group(2)));
    Map<String, String> oids = new LinkedHashMap<>();
    oids.put("systemStats", VcpuAcctMib.SYSTEM_STATS);
    Matcher definition = DEFINITION.matcher(code);
    while (definition.find()) {
      String name = definition.group("name");
      String oid = oids.get(definition.group("parent")) + "." + definition.group("number");
      if (oids.put(name, oid) != null) {
        throw new IllegalStateException(name + " is defined twice");
      }
      objects.put(name, object(name, oid, definition.group("macro"), definition.group("body")));
    }
  }

  /** The module that the project ships. */
  public static MibText read() {
    String resource = VcpuAcctMib.MODULE + ".txt";
    try (InputStream in = VcpuAcctMib.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + resource);
      }
      return new MibText(new String(in.readAllBytes(), US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All definitions with an object identifier by descriptor, in the order of the text. */
  public Map<String, MibObject> objects() {
    return objects;
  }

  /** The definition with this descriptor. */
  public MibObject object(String name) {
    MibObject object = objects.get(name);
    if (object == null) {
      throw new IllegalArgumentException("the MIB has no " + name);
    }
    return object;
  }

  /** Numbers by label of an enumerated textual convention. */
  public Map<String, Integer> convention(String name) {
    return enumeration(conventions.get(name));
  }

  /** The DESCRIPTION clause of a textual convention with each run of white space as one space. */
  public String conventionDescription(String name) {
    return description(conventions.get(name));
  }

  private MibObject object(String name, String oid, String macro, String body) {
    String syntax = first(SYNTAX, body);
    String resolved = conventions.getOrDefault(syntax, body);
    return new MibObject(
        name,
        oid,
        macro,
        syntax,
        enumeration(resolved),
        first(RANGE, resolved),
        first(UNITS, body),
        descriptors(first(OBJECTS, body)),
        first(ACCESS, body),
        description(body));
  }

  private static String description(String body) {
    return first(DESCRIPTION, body).replaceAll("\\s+", " ");
  }

  private static List<String> descriptors(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(descriptor -> !descriptor.isEmpty())
        .toList();
  }

  private static Map<String, Integer> enumeration(String body) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    LABEL
        .matcher(first(ENUMERATION, body))
        .results()
        .forEach(label -> numbers.put(label.group(1), Integer.valueOf(label.group(2))));
    return numbers;
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String withoutComments(String text) {
    return text.replaceAll("(?m)^--.*$", "");
  }
}
