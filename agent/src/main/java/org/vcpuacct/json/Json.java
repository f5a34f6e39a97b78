package org.vcpuacct.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A JSON value (RFC 8259). Immutable.
 *
 * <p>A part that is not there and a part of another type look the same: empty. Whoever needs the
 * part says so, in words of its own.
 */
public final class Json {

  private final Object value;

  /**
   * @param value a {@code Map<String, Json>}, {@code List<Json>}, String, Long, Double or Boolean;
   *     null for {@code null}
   */
  Json(Object value) {
    this.value = value;
  }

  /**
   * The one value that a text holds.
   *
   * @param text UTF-8
   */
  public static Json parse(byte[] text) throws MalformedJsonException {
    return new JsonText().read(text);
  }

  /** A text as a JSON string, in quotes and with everything escaped that must be. */
  public static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** The member of an object with this name. */
  public Optional<Json> member(String name) {
    return value instanceof Map<?, ?> members
        ? Optional.ofNullable((Json) members.get(name))
        : Optional.empty();
  }

  /** The members of an object; none if this is no object. */
  public Map<String, Json> members() {
    Map<String, Json> named = new HashMap<>();
    if (value instanceof Map<?, ?> members) {
      members.forEach((name, member) -> named.put((String) name, (Json) member));
    }
    return named;
  }

  /** A string, number or truth value as text. */
  public Optional<String> scalar() {
    return value == null || value instanceof Map || value instanceof List
        ? Optional.empty()
        : Optional.of(value.toString());
  }

  /** The elements of an array. */
  public Optional<List<Json>> elements() {
    return value instanceof List<?> elements
        ? Optional.of(elements.stream().map(Json.class::cast).toList())
        : Optional.empty();
  }

  /** A string. */
  public Optional<String> string() {
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** A whole number that fits a long, written without fraction and exponent. */
  public OptionalLong integer() {
    return value instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
  }

  /** A number. */
  public Optional<Double> number() {
    return value instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
  }

  /** {@code true} or {@code false}. */
  public Optional<Boolean> bool() {
    return value instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
  }

  /** The string of a member. */
  public Optional<String> string(String name) {
    return member(name).flatMap(Json::string);
  }

  /** The whole number of a member. */
  public OptionalLong integer(String name) {
    return member(name).map(Json::integer).orElse(OptionalLong.empty());
  }

  @Override
  public String toString() {
    return String.valueOf(value);
  }
}
