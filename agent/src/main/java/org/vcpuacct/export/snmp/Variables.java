package org.vcpuacct.export.snmp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UnsignedInteger32;
import org.snmp4j.smi.Variable;
import org.vcpuacct.ledger.Log2Histogram;

/** Makes SMI variables (RFC 2578 section 7.1) of the ledger's figures. */
final class Variables {

  private static final long MAX_UNSIGNED_32 = 0xFFFF_FFFFL;
  private static final int MAX_STRING_OCTETS = 255;
  private static final int NO_ERROR = 0;
  private static final int ERROR = 1;
  private static final double MEDIAN = 0.50;
  private static final double P99 = 0.99;
  private static final int NS_PER_DECISECOND = 100_000_000;

  private Variables() {}

  static Variable integer(int value) {
    return new Integer32(value);
  }

  static Optional<Variable> integer(OptionalInt value) {
    return value.isPresent() ? Optional.of(integer(value.getAsInt())) : Optional.empty();
  }

  /** A gauge stands still at either end of its range (RFC 2578 section 7.1.7). */
  static Variable gauge(long value) {
    return new Gauge32(Math.max(0, Math.min(value, MAX_UNSIGNED_32)));
  }

  static Optional<Variable> gauge(OptionalInt value) {
    return value.isPresent() ? Optional.of(gauge(value.getAsInt())) : Optional.empty();
  }

  static Optional<Variable> gauge(OptionalLong value) {
    return value.isPresent() ? Optional.of(gauge(value.getAsLong())) : Optional.empty();
  }

  /** The median of a histogram, ns; empty if nothing is in it. */
  static Optional<Variable> median(Log2Histogram histogram) {
    return gauge(histogram.percentileNs(MEDIAN));
  }

  /** The 99th percentile of a histogram, ns; empty if nothing is in it. */
  static Optional<Variable> p99(Log2Histogram histogram) {
    return gauge(histogram.percentileNs(P99));
  }

  /** A counter of 32 bits wraps (RFC 2578 section 7.1.6). */
  static Variable counter32(long value) {
    return new Counter32(value & MAX_UNSIGNED_32);
  }

  static Variable counter64(long value) {
    return new Counter64(value);
  }

  static Optional<Variable> counter64(OptionalLong value) {
    return value.isPresent() ? Optional.of(counter64(value.getAsLong())) : Optional.empty();
  }

  /** The low 32 bits of a number. */
  static Variable unsigned32(long value) {
    return new UnsignedInteger32(value & MAX_UNSIGNED_32);
  }

  static Optional<Variable> unsigned32(OptionalLong value) {
    return value.isPresent() ? Optional.of(unsigned32(value.getAsLong())) : Optional.empty();
  }

  /**
   * An SnmpAdminString in UTF-8 (RFC 3411 section 5), cut off after the last whole character that
   * fits in 255 octets.
   */
  static Variable text(String text) {
    ByteBuffer octets = ByteBuffer.allocate(MAX_STRING_OCTETS);
    UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE)
        .encode(CharBuffer.wrap(text), octets, true);
    return new OctetString(octets.array(), 0, octets.position());
  }

  /** The UCDErrorFlag (UCD-SNMP-MIB) of what has these faults. */
  static Variable errorFlag(List<String> faults) {
    return integer(faults.isEmpty() ? NO_ERROR : ERROR);
  }

  /** The error message that goes with it: empty without a fault. */
  static Variable errorMessage(List<String> faults) {
    return text(String.join(". ", faults));
  }

  /** A DateAndTime in UTC (RFC 2579). */
  static Variable dateAndTime(long epochMillis) {
    ZonedDateTime time = Instant.ofEpochMilli(epochMillis).atZone(ZoneOffset.UTC);
    return new OctetString(
        ByteBuffer.allocate(11)
            .putShort((short) time.getYear())
            .put((byte) time.getMonthValue())
            .put((byte) time.getDayOfMonth())
            .put((byte) time.getHour())
            .put((byte) time.getMinute())
            .put((byte) time.getSecond())
            .put((byte) (time.getNano() / NS_PER_DECISECOND))
            .put((byte) '+')
            .put((byte) 0)
            .put((byte) 0)
            .array());
  }
}
