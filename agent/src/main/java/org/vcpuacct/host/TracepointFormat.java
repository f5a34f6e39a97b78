package org.vcpuacct.host;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Number and record layout of a tracepoint, from tracefs {@code events/SYSTEM/EVENT/format}
 * (Documentation/trace/events.rst, section 2.2). Immutable.
 *
 * <p>The layout differs by kernel: it is read, never assumed.
 *
 * @param name the event's name
 * @param id the number by which perf_event_open(2) knows it
 * @param fields the record's fields by name, in the order of the file
 */
public record TracepointFormat(String name, int id, Map<String, Field> fields) {

  private static final String FILE = "tracefs format";
  private static final Pattern FIELD =
      Pattern.compile(
          "\\s*field:(?<declaration>[^;]+);\\s*offset:(?<offset>\\d{1,9});"
              + "\\s*size:(?<size>\\d{1,9});(?:\\s*signed:(?<signed>[01]);)?\\s*");

  /** The last identifier of a C declaration, before the bounds of an array. */
  private static final Pattern DECLARED_NAME = Pattern.compile("(\\w+)\\s*(?:\\[[^]]*])?$");

  /**
   * One field of the record.
   *
   * @param offset bytes from the start of the record
   * @param size bytes
   * @param signed whether the number is signed
   */
  public record Field(String name, int offset, int size, boolean signed) {}

  public TracepointFormat {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** The field of this name; empty if this kernel's record has none. */
  public Optional<Field> field(String fieldName) {
    return Optional.ofNullable(fields.get(fieldName));
  }

  /** Parses the file's content. */
  public static TracepointFormat parse(byte[] text) throws MalformedProcFileException {
    String name = null;
    int id = -1;
    Map<String, Field> fields = new LinkedHashMap<>();
    for (String line : new String(text, StandardCharsets.UTF_8).lines().toList()) {
      if (line.startsWith("name: ")) {
        name = line.substring("name: ".length()).strip();
      } else if (line.startsWith("ID: ")) {
        id = parseId(line, text);
      } else if (line.strip().startsWith("field:")) {
        Field field = parseField(line, text);
        fields.put(field.name(), field);
      }
    }
    if (name == null || id < 0 || fields.isEmpty()) {
      throw new MalformedProcFileException(FILE, "no name, ID or field", text, text.length);
    }
    return new TracepointFormat(name, id, fields);
  }

  private static int parseId(String line, byte[] text) throws MalformedProcFileException {
    byte[] value = line.substring("ID: ".length()).getBytes(StandardCharsets.UTF_8);
    int id = new AsciiFields(FILE, value, 0, value.length).nextInt("ID");
    if (id < 0) {
      throw new MalformedProcFileException(FILE, "negative ID", text, text.length);
    }
    return id;
  }

  private static Field parseField(String line, byte[] text) throws MalformedProcFileException {
    Matcher field = FIELD.matcher(line);
    if (field.matches()) {
      Matcher name = DECLARED_NAME.matcher(field.group("declaration").strip());
      if (name.find()) {
        return new Field(
            name.group(1),
            Integer.parseInt(field.group("offset")),
            Integer.parseInt(field.group("size")),
            "1".equals(field.group("signed")));
      }
    }
    throw new MalformedProcFileException(
        FILE, "cannot read \"" + line.strip() + "\"", text, text.length);
  }
}
