package org.vcpuacct.export.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.vcpuacct.ledger.Log2Histogram;

/**
 * Writes families of samples as text. A family without samples leaves nothing, as absent is not
 * zero.
 *
 * <p>Methods that write throw {@link UncheckedIOException} if the stream cannot be written.
 *
 * <p>Numbers are written as decimals, digit by digit: no figure is rounded, so nanoseconds that sum
 * up still do so as seconds.
 */
final class Exposition {

  /** Decimal digits of a second that make nanoseconds. */
  private static final int NS_DIGITS = 9;

  /** Decimal digits of a ratio that make hundredths of a percent. */
  private static final int RATIO_DIGITS = 4;

  private static final long[] POWERS_OF_TEN =
      LongStream.iterate(1, power -> power * 10).limit(19).toArray();

  /** 00 01 02 and so on to 99. */
  private static final byte[] DIGIT_PAIRS =
      IntStream.range(0, 100)
          .mapToObj("%02d"::formatted)
          .collect(Collectors.joining())
          .getBytes(UTF_8);

  private static final int LONGEST_NUMBER = 32;

  private static final byte[] NO_OCTETS = {};
  private static final byte[] BUCKET = "_bucket".getBytes(UTF_8);
  private static final byte[] SUM = "_sum".getBytes(UTF_8);
  private static final byte[] COUNT = "_count".getBytes(UTF_8);

  private static final int BUFFER_OCTETS = 32 * 1024;

  private final TextFormat format;
  private final OutputStream out;
  private byte[] buffer = new byte[BUFFER_OCTETS];
  private int length;
  private long written;
  private Family family;
  private byte[] name;
  private boolean headed;

  /** An exposition in a format, which goes to a stream. */
  Exposition(TextFormat format, OutputStream out) {
    this.format = format;
    this.out = out;
  }

  /** Begins a family: what is written from here on are its samples. */
  void family(Family next) {
    family = next;
    name = next.sampleName().getBytes(UTF_8);
    headed = false;
  }

  /** A sample that is a whole number. */
  void integer(Labels labels, Labels more, long value) {
    decimal(labels, more, value, 0);
  }

  /** A sample that is a time. */
  void seconds(Labels labels, Labels more, long ns) {
    decimal(labels, more, ns, NS_DIGITS);
  }

  /** A sample that is a part of a whole. */
  void ratio(Labels labels, Labels more, long hundredthsOfPercent) {
    decimal(labels, more, hundredthsOfPercent, RATIO_DIGITS);
  }

  /**
   * A sample that is a decimal fraction.
   *
   * @param unscaled its value without the decimal point
   * @param digits how many of its digits are behind the point, 9 at most
   */
  void decimal(Labels labels, Labels more, long unscaled, int digits) {
    sample(NO_OCTETS, labels, more, unscaled, digits);
  }

  /** The samples of a histogram of durations. */
  void histogram(Labels labels, Labels more, Log2Histogram histogram, long sumNs) {
    Labels all = more == Labels.NONE ? labels : labels.and(more);
    long passed = 0;
    int bucket = 0;
    for (DurationBound bound : DurationBound.ALL) {
      while (bucket <= bound.lastBucket()) {
        passed += histogram.count(bucket);
        bucket++;
      }
      sample(BUCKET, all, bound.label(), passed, 0);
    }
    long total = histogram.total();
    sample(BUCKET, all, DurationBound.INFINITE, total, 0);
    sample(SUM, all, Labels.NONE, sumNs, NS_DIGITS);
    sample(COUNT, all, Labels.NONE, total, 0);
  }

  /** Text that is in this format already. */
  void append(byte[] octets) {
    reserve(octets.length);
    put(octets);
  }

  /** Hands all to the stream that is not there yet. */
  void flush() {
    try {
      out.write(buffer, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    written += length;
    length = 0;
  }

  /** Octets written so far. */
  long length() {
    return written + length;
  }

  private void sample(byte[] suffix, Labels labels, Labels more, long unscaled, int digits) {
    if (!headed) {
      append(family.header(format).getBytes(UTF_8));
      headed = true;
    }
    reserve(
        name.length
            + suffix.length
            + labels.octets().length
            + more.octets().length
            + LONGEST_NUMBER);
    put(name);
    put(suffix);
    putLabels(labels.octets(), more.octets());
    put(' ');
    putDecimal(unscaled, digits);
    put('\n');
  }

  private void putLabels(byte[] labels, byte[] more) {
    if (labels.length + more.length == 0) {
      return;
    }
    put('{');
    put(labels);
    if (labels.length > 0 && more.length > 0) {
      put(',');
    }
    put(more);
    put('}');
  }

  private void putDecimal(long unscaled, int digits) {
    if (unscaled < 0) {
      put('-');
    }
    long magnitude = Math.abs(unscaled);
    long whole = magnitude / POWERS_OF_TEN[digits];
    putDigits(whole, digitsOf(whole));
    int fraction = (int) (magnitude - whole * POWERS_OF_TEN[digits]);
    if (fraction > 0) {
      put('.');
      putDigits(fraction, digits);
      while (buffer[length - 1] == '0') {
        length--;
      }
    }
  }

  private static int digitsOf(long number) {
    int digits = 1;
    while (digits < POWERS_OF_TEN.length && number >= POWERS_OF_TEN[digits]) {
      digits++;
    }
    return digits;
  }

  /** Two digits at a time, as to divide takes longer than to look up. */
  private void putDigits(long number, int digits) {
    long rest = number;
    int end = length + digits;
    for (int i = end - 2; i >= length; i -= 2) {
      long hundreds = rest / 100;
      int pair = 2 * (int) (rest - hundreds * 100);
      buffer[i] = DIGIT_PAIRS[pair];
      buffer[i + 1] = DIGIT_PAIRS[pair + 1];
      rest = hundreds;
    }
    if (digits % 2 == 1) {
      buffer[length] = (byte) ('0' + rest % 10);
    }
    length = end;
  }

  private void put(char ascii) {
    buffer[length] = (byte) ascii;
    length++;
  }

  private void put(byte[] octets) {
    System.arraycopy(octets, 0, buffer, length, octets.length);
    length += octets.length;
  }

  private void reserve(int octets) {
    if (buffer.length - length < octets) {
      flush();
    }
    if (buffer.length < octets) {
      buffer = new byte[octets];
    }
  }
}
