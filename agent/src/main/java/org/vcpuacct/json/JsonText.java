package org.vcpuacct.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns one text into values. Bounded in depth, in number of values and in the length of numbers,
 * so that a text costs memory in proportion to its length whatever is in it.
 */
final class JsonText {

  /** Two times what a guest of 4,096 CPUs, KVM's most, reports of itself. */
  private static final int MAX_VALUES = 1 << 17;

  private static final int MAX_DEPTH = 64;
  private static final int MAX_NUMBER_CHARACTERS = 64;
  private static final int MAX_NAME_CHARACTERS = 1024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_CHARACTERS)
                  .maxNameLength(MAX_NAME_CHARACTERS)
                  .build())
          .build();

  private int values;

  /** Reads the one value of a text. */
  Json read(byte[] text) throws MalformedJsonException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      Json json = value(parser, parser.nextToken());
      if (parser.nextToken() != null) {
        throw new MalformedJsonException("more than one value");
      }
      return json;
    } catch (StreamConstraintsException e) {
      throw new MalformedJsonException("nested too deep, or too long a number or name");
    } catch (MalformedJsonException e) {
      throw e;
    } catch (IOException e) {
      throw new MalformedJsonException("not JSON");
    }
  }

  private Json value(JsonParser parser, JsonToken token) throws IOException {
    if (token == null) {
      throw new MalformedJsonException("no JSON value");
    }
    values++;
    if (values > MAX_VALUES) {
      throw new MalformedJsonException("more than " + MAX_VALUES + " values");
    }
    return switch (token) {
      case START_OBJECT -> new Json(members(parser));
      case START_ARRAY -> new Json(elements(parser));
      default -> scalar(parser);
    };
  }

  /** The value that a parser stands at, which is no object and no array. */
  static Json scalar(JsonParser parser) throws IOException {
    if (parser.currentToken() == null) {
      throw new MalformedJsonException("no JSON value");
    }
    return switch (parser.currentToken()) {
      case VALUE_STRING -> new Json(parser.getText());
      case VALUE_NUMBER_INT -> new Json(integer(parser));
      case VALUE_NUMBER_FLOAT -> new Json(parser.getDoubleValue());
      case VALUE_TRUE -> new Json(true);
      case VALUE_FALSE -> new Json(false);
      case VALUE_NULL -> new Json(null);
      default -> throw new MalformedJsonException("not a JSON value");
    };
  }

  private Map<String, Json> members(JsonParser parser) throws IOException {
    Map<String, Json> members = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      members.put(name, value(parser, parser.nextToken()));
    }
    return Collections.unmodifiableMap(members);
  }

  private List<Json> elements(JsonParser parser) throws IOException {
    List<Json> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      elements.add(value(parser, token));
    }
    return Collections.unmodifiableList(elements);
  }

  /** A whole number too large for a long is a number all the same. */
  private static Number integer(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      default -> parser.getDoubleValue();
    };
  }
}
