package org.vcpuacct.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one text (RFC 8259) from front to back and keeps nothing of it: for a document too large
 * for {@link Json}, of which a part is wanted.
 *
 * <p>It stands at one value at a time. What is not read of a value is passed over.
 */
public final class JsonReader {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonParser parser;

  private JsonReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads the value that the reader stands at.
   *
   * @param <T> what is made of it
   */
  @FunctionalInterface
  public interface ValueReader<T> {
    T read() throws IOException;
  }

  /**
   * Reads a whole text.
   *
   * @param <T> what is made of it
   */
  @FunctionalInterface
  public interface TextReader<T> {
    T read(JsonReader reader) throws IOException;
  }

  /** Takes a whole number of an array, and its place from 0. */
  @FunctionalInterface
  public interface IntegerReader {
    void read(int place, long number);
  }

  /** Reads the value of a member of an object; the reader stands at it. */
  @FunctionalInterface
  public interface MemberReader {
    void read(String name) throws IOException;
  }

  /**
   * Reads the one value that a text holds.
   *
   * @param text UTF-8
   */
  public static <T> T read(byte[] text, TextReader<T> textReader) throws MalformedJsonException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new MalformedJsonException("no JSON value");
      }
      JsonReader reader = new JsonReader(parser);
      T value = textReader.read(reader);
      reader.pass();
      if (parser.nextToken() != null) {
        throw new MalformedJsonException("more than one value");
      }
      return value;
    } catch (MalformedJsonException e) {
      throw e;
    } catch (IOException e) {
      throw new MalformedJsonException("not JSON");
    }
  }

  /**
   * Reads an object; an empty one if this is none.
   *
   * @param parts reads those members that are objects or arrays
   * @return the other members
   */
  public Json object(MemberReader parts) throws IOException {
    Map<String, Json> scalars = new HashMap<>();
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() != null && parser.currentToken().isStructStart()) {
          parts.read(name);
          pass();
        } else {
          scalars.put(name, JsonText.scalar(parser));
        }
      }
    }
    return new Json(scalars);
  }

  /** Reads an object of which nothing but its scalar members is wanted. */
  public Json object() throws IOException {
    return object(name -> {});
  }

  /** Reads the elements of an array; none if this is no array. */
  public <T> List<T> elements(ValueReader<T> element) throws IOException {
    List<T> elements = new ArrayList<>();
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(element.read());
        pass();
      }
    }
    return elements;
  }

  /**
   * Reads an array of whole numbers that stand by their place; none if this is no array. A place
   * that has something else, such as {@code null}, is passed over.
   */
  public void integers(IntegerReader reader) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      for (int place = 0; parser.nextToken() != JsonToken.END_ARRAY; place++) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
          pass();
        } else if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
          reader.read(place, parser.getLongValue());
        }
      }
    }
  }

  /** Leaves the parser at the last token of the value, whatever was read of it. */
  private void pass() throws IOException {
    if (parser.currentToken() != null && parser.currentToken().isStructStart()) {
      parser.skipChildren();
    }
  }
}
