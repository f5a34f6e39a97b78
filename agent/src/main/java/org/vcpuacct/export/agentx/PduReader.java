package org.vcpuacct.export.agentx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.snmp4j.smi.OID;

/** Reads the parts of a payload (RFC 2741 section 5), in the byte order of its header. */
final class PduReader {

  /** The most components of an object identifier (RFC 2578 section 3.5). */
  private static final int MAX_COMPONENTS = 128;

  /** 1.3.6.1, which a prefix stands for together with its own value. */
  private static final int[] INTERNET = {1, 3, 6, 1};

  private final ByteBuffer payload;

  /** Reads from the position of a buffer to its limit. */
  PduReader(ByteBuffer payload, Header header) {
    this.payload = payload.slice().order(header.byteOrder());
  }

  int unsigned8() throws MalformedPduException {
    require(Byte.BYTES);
    return Byte.toUnsignedInt(payload.get());
  }

  int unsigned16() throws MalformedPduException {
    require(Short.BYTES);
    return Short.toUnsignedInt(payload.getShort());
  }

  long unsigned32() throws MalformedPduException {
    require(Integer.BYTES);
    return Integer.toUnsignedLong(payload.getInt());
  }

  /** An octet string of UTF-8 (RFC 2741 section 5.3); what is not UTF-8 is replaced. */
  String text() throws MalformedPduException {
    long length = unsigned32();
    long padded = (length + 3) / Integer.BYTES * Integer.BYTES;
    require(padded);
    byte[] octets = new byte[(int) length];
    payload.get(octets);
    payload.position(payload.position() + (int) (padded - length));
    return new String(octets, UTF_8);
  }

  /** All search ranges up to the end of the payload (RFC 2741 section 5.2). */
  List<SearchRange> searchRanges() throws MalformedPduException {
    List<SearchRange> ranges = new ArrayList<>();
    while (payload.hasRemaining()) {
      ranges.add(searchRange());
    }
    return ranges;
  }

  private SearchRange searchRange() throws MalformedPduException {
    require(Integer.BYTES);
    boolean startIncluded = payload.get(payload.position() + 2) != 0;
    return new SearchRange(oid(), startIncluded, oid());
  }

  /** An object identifier (RFC 2741 section 5.1). */
  private OID oid() throws MalformedPduException {
    int components = unsigned8();
    int prefix = unsigned8();
    unsigned16(); // "include", which belongs to the range, and a reserved octet
    int prefixed = prefix == 0 ? 0 : INTERNET.length + 1;
    if (prefixed + components > MAX_COMPONENTS) {
      throw new MalformedPduException(
          "an object identifier has %d components, more than %d"
              .formatted(prefixed + components, MAX_COMPONENTS));
    }
    int[] oid = new int[prefixed + components];
    if (prefix != 0) {
      System.arraycopy(INTERNET, 0, oid, 0, INTERNET.length);
      oid[INTERNET.length] = prefix;
    }
    require((long) components * Integer.BYTES);
    for (int i = prefixed; i < oid.length; i++) {
      oid[i] = payload.getInt();
    }
    return new OID(oid);
  }

  private void require(long octets) throws MalformedPduException {
    if (payload.remaining() < octets) {
      throw new MalformedPduException(
          "it ends %d octets early".formatted(octets - payload.remaining()));
    }
  }
}
