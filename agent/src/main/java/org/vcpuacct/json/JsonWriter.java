package org.vcpuacct.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes one JSON object (RFC 8259), member by member. What is absent is left out; only where
 * numbers stand by their place is it {@code null}.
 */
public final class JsonWriter {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private static final int HUNDREDTHS_OF_PERCENT = 10_000;

  /** Something that writes the members of an object, or the elements of an array. */
  private interface Part {
    void write() throws IOException;
  }

  private final JsonGenerator generator;

  private JsonWriter(JsonGenerator generator) {
    this.generator = generator;
  }

  /**
   * An object as UTF-8.
   *
   * @param members writes its members
   */
  public static byte[] object(Consumer<JsonWriter> members) {
    try (ByteArrayBuilder octets = new ByteArrayBuilder()) {
      object(octets, members);
      return octets.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
  }

  /**
   * Writes an object as UTF-8.
   *
   * @param out is not closed
   * @param members writes its members
   */
  public static void object(OutputStream out, Consumer<JsonWriter> members) throws IOException {
    try (JsonGenerator generator = FACTORY.createGenerator(out)) {
      generator.writeStartObject();
      members.accept(new JsonWriter(generator));
      generator.writeEndObject();
    }
  }

  /** Writes a string. */
  public void put(String name, String value) {
    write(() -> generator.writeStringField(name, value));
  }

  /** Writes a string; nothing if it is absent. */
  public void put(String name, Optional<String> value) {
    value.ifPresent(text -> put(name, text));
  }

  /** Writes a whole number. */
  public void put(String name, long value) {
    write(() -> generator.writeNumberField(name, value));
  }

  /** Writes a whole number; nothing if it is absent. */
  public void put(String name, OptionalLong value) {
    value.ifPresent(number -> put(name, number));
  }

  /** Writes a whole number; nothing if it is absent. */
  public void put(String name, OptionalInt value) {
    value.ifPresent(number -> put(name, number));
  }

  /** Writes a number that is finite. */
  public void put(String name, double value) {
    write(() -> generator.writeNumberField(name, value));
  }

  /** Writes a number as exactly as it is. */
  public void put(String name, BigDecimal value) {
    write(() -> generator.writeNumberField(name, value));
  }

  /**
   * Writes a share as a ratio, as exactly as it is given.
   *
   * @param hundredthsOfPercent 10000 is written as 1.0
   */
  public void putShare(String name, int hundredthsOfPercent) {
    write(
        () -> {
          generator.writeFieldName(name);
          generator.writeNumber(ratio(hundredthsOfPercent));
        });
  }

  /** A ratio with up to four decimals; what the JDK does for any double takes ten times as long. */
  private static String ratio(int hundredthsOfPercent) {
    int part = Math.abs(hundredthsOfPercent % HUNDREDTHS_OF_PERCENT);
    StringBuilder text = new StringBuilder(hundredthsOfPercent < 0 ? "-" : "");
    text.append(Math.abs(hundredthsOfPercent / HUNDREDTHS_OF_PERCENT)).append('.');
    int unit = HUNDREDTHS_OF_PERCENT / 10;
    do {
      text.append((char) ('0' + part / unit));
      part %= unit;
      unit /= 10;
    } while (part > 0);
    return text.toString();
  }

  /** Writes a share as a ratio; nothing if it is absent. */
  public void putShare(String name, OptionalInt hundredthsOfPercent) {
    hundredthsOfPercent.ifPresent(share -> putShare(name, share));
  }

  /** Writes an object whose members the second parameter writes. */
  public void putObject(String name, Runnable members) {
    write(
        () -> {
          generator.writeObjectFieldStart(name);
          members.run();
          generator.writeEndObject();
        });
  }

  /** Writes an array of objects, whose members the third parameter writes. */
  public <T> void putObjects(String name, Iterable<T> elements, Consumer<T> members) {
    putArray(
        name,
        () -> {
          for (T element : elements) {
            generator.writeStartObject();
            members.accept(element);
            generator.writeEndObject();
          }
        });
  }

  /** Writes an array of whole numbers. */
  public void putNumbers(String name, Iterable<Integer> numbers) {
    putArray(
        name,
        () -> {
          for (int number : numbers) {
            generator.writeNumber(number);
          }
        });
  }

  /**
   * Writes an array of whole numbers by place; {@code null} where a place has none, as what comes
   * after it must keep its own.
   */
  public <T> void putIntegers(String name, Iterable<T> places, Function<T, OptionalLong> number) {
    putArray(
        name,
        () -> {
          for (T place : places) {
            OptionalLong value = number.apply(place);
            if (value.isPresent()) {
              generator.writeNumber(value.getAsLong());
            } else {
              generator.writeNull();
            }
          }
        });
  }

  /**
   * Writes an array of numbers by place: here what is absent is {@code null}, as what comes after
   * it must keep its place.
   */
  public void putColumn(String name, Iterable<Optional<Double>> numbers) {
    putPlaces(name, numbers, number -> generator.writeNumber(number));
  }

  /** Writes an array of arrays of whole numbers likewise. */
  public void putColumnOfArrays(String name, Iterable<Optional<List<Long>>> arrays) {
    putPlaces(
        name,
        arrays,
        numbers -> {
          generator.writeStartArray();
          for (long number : numbers) {
            generator.writeNumber(number);
          }
          generator.writeEndArray();
        });
  }

  /** Writes what is at a place. */
  private interface PlaceWriter<T> {
    void write(T value) throws IOException;
  }

  private <T> void putPlaces(String name, Iterable<Optional<T>> places, PlaceWriter<T> writer) {
    putArray(
        name,
        () -> {
          for (Optional<T> place : places) {
            if (place.isPresent()) {
              writer.write(place.get());
            } else {
              generator.writeNull();
            }
          }
        });
  }

  /**
   * Writes an array of pairs of whole numbers, each an array of two.
   *
   * @param pairs hands each pair on
   */
  public void putPairs(String name, Consumer<PairWriter> pairs) {
    putArray(name, () -> pairs.accept((first, second) -> write(() -> writePair(first, second))));
  }

  /** Takes the pairs of an array. */
  public interface PairWriter {

    /** Writes the next one. */
    void write(long first, long second);
  }

  private void writePair(long first, long second) throws IOException {
    generator.writeStartArray();
    generator.writeNumber(first);
    generator.writeNumber(second);
    generator.writeEndArray();
  }

  private void putArray(String name, Part elements) {
    write(
        () -> {
          generator.writeArrayFieldStart(name);
          elements.write();
          generator.writeEndArray();
        });
  }

  private static void write(Part part) {
    try {
      part.write();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
  }
}
