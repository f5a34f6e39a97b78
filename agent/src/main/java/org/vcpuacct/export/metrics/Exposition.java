package org.vcpuacct.export.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.vcpuacct.ledger.Log2Histogram;

/**
 * Writes families of samples as text. A family without samples leaves nothing, as absent is not
 * zero.
 *
 * <p>Numbers are written as decimals, digit by digit: no figure is rounded, so nanoseconds that sum
 * up still do so as seconds.
 */
final class Exposition {

  /** Decimal digits of a second that make nanoseconds. */
  private static final int NS_DIGITS = 9;

  /** Decimal digits of a ratio that make hundredths of a percent. */
  private static final int RATIO_DIGITS = 4;

  private static final long[] POWERS_OF_TEN = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };
  private static final int LONGEST_NUMBER = 32;

  private static final byte[] NO_OCTETS = {};
  private static final byte[] BUCKET = "_bucket".getBytes(UTF_8);
  private static final byte[] SUM = "_sum".getBytes(UTF_8);
  private static final byte[] COUNT = "_count".getBytes(UTF_8);

  private final TextFormat format;
  private byte[] text;
  private int length;
  private Family family;
  private byte[] name;
  private boolean headed;

  /**
   * An exposition in a format.
   *
   * @param expectedLength octets that it will have, more or less
   */
  Exposition(TextFormat format, int expectedLength) {
    this.format = format;
    this.text = new byte[expectedLength];
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

  /** All that was written. */
  byte[] toByteArray() {
    return Arrays.copyOf(text, length);
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
    long one = POWERS_OF_TEN[digits];
    long whole = magnitude / one;
    putDigits(whole, digitsOf(whole));
    long fraction = magnitude % one;
    if (fraction > 0) {
      int needed = digits;
      while (fraction % 10 == 0) {
        fraction /= 10;
        needed--;
      }
      put('.');
      putDigits(fraction, needed);
    }
  }

  private static int digitsOf(long number) {
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  private void putDigits(long number, int digits) {
    long rest = number;
    for (int i = length + digits - 1; i >= length; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private void put(char ascii) {
    text[length] = (byte) ascii;
    length++;
  }

  private void put(byte[] octets) {
    System.arraycopy(octets, 0, text, length, octets.length);
    length += octets.length;
  }

  private void reserve(int octets) {
    if (text.length - length < octets) {
      text = Arrays.copyOf(text, Math.max(text.length + text.length / 2, length + octets));
    }
  }
}
