package org.vcpuacct.overload.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.vcpuacct.json.Json;
import org.vcpuacct.ledger.Overload;

/** A line of the stream: a JSON object and a line feed. Immutable. */
final class OverloadLine {

  private static final long NS_PER_MS = 1_000_000;

  private final String ne;
  private final byte[] text;

  private OverloadLine(String ne, String json) {
    this.ne = ne;
    this.text = (json + "\n").getBytes(UTF_8);
  }

  /**
   * What a reader is to do.
   *
   * @param ne name of the network element
   * @param nowNs CLOCK_MONOTONIC at which it is sent, ns: what is left of its validity is told, as
   *     the reader may have another clock
   */
  static OverloadLine of(String ne, OverloadRecord record, long nowNs) {
    Overload overload = record.overload();
    return new OverloadLine(
        ne,
        String.format(
            Locale.ROOT,
            "{\"ne\":%s,\"sequence\":%d,\"validity-ms\":%d,\"load\":%d,\"reduction\":%d,"
                + "\"level\":\"%s\",\"cause\":\"%s\",\"algorithm\":\"loss\"}",
            Json.quoted(ne),
            overload.sequence(),
            (record.validUntilNs() - nowNs) / NS_PER_MS,
            overload.load(),
            overload.reduction(),
            overload.level().label(),
            overload.cause().label()));
  }

  /** What a reader did wrong. */
  static OverloadLine error(String problem) {
    return new OverloadLine("", "{\"error\":" + Json.quoted(problem) + "}");
  }

  /** The network element that it is about. */
  String ne() {
    return ne;
  }

  /** How long it is. */
  int length() {
    return text.length;
  }

  /** Its text, to be read only. */
  ByteBuffer text() {
    return ByteBuffer.wrap(text).asReadOnlyBuffer();
  }

  /** Several lines in one piece. */
  static ByteBuffer join(Iterable<OverloadLine> lines) {
    int length = 0;
    for (OverloadLine line : lines) {
      length += line.length();
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    lines.forEach(line -> joined.put(line.text));
    return joined.flip().asReadOnlyBuffer();
  }
}
