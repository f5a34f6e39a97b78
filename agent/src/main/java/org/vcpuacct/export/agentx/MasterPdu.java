package org.vcpuacct.export.agentx;

import java.nio.ByteBuffer;
import java.util.List;

/** What a master sends to a subagent. */
sealed interface MasterPdu {

  /** Its header. */
  Header header();

  /** RFC 2741 section 6.2.5. The end of a range has no meaning here. */
  record Get(Header header, String context, List<SearchRange> ranges) implements MasterPdu {}

  /** RFC 2741 section 6.2.6. */
  record GetNext(Header header, String context, List<SearchRange> ranges) implements MasterPdu {}

  /** RFC 2741 section 6.2.7. */
  record GetBulk(
      Header header, String context, int nonRepeaters, int maxRepetitions, List<SearchRange> ranges)
      implements MasterPdu {}

  /** A PDU of a SET, RFC 2741 sections 6.2.8 and 6.2.9; what it would set is not looked at. */
  record Set(Header header) implements MasterPdu {}

  /** RFC 2741 section 6.2.2. */
  record Close(Header header, int reason) implements MasterPdu {}

  /**
   * RFC 2741 section 6.2.16.
   *
   * @param sysUpTimeTicks the master's sysUpTime when it answered, in hundredths of a second
   * @param error 0 if there is none
   */
  record Response(Header header, long sysUpTimeTicks, int error) implements MasterPdu {}

  /**
   * Reads a PDU.
   *
   * @param octets the header and the whole payload
   * @throws MalformedPduException if it is none, or none that a master sends
   */
  static MasterPdu read(ByteBuffer octets) throws MalformedPduException {
    Header header = Header.read(octets);
    PduReader payload = new PduReader(octets, header);
    return switch (header.type()) {
      case GET -> new Get(header, context(header, payload), payload.searchRanges());
      case GET_NEXT -> new GetNext(header, context(header, payload), payload.searchRanges());
      case GET_BULK ->
          new GetBulk(
              header,
              context(header, payload),
              payload.unsigned16(),
              payload.unsigned16(),
              payload.searchRanges());
      case TEST_SET, COMMIT_SET, UNDO_SET, CLEANUP_SET -> new Set(header);
      case CLOSE -> new Close(header, payload.unsigned8());
      case RESPONSE -> new Response(header, payload.unsigned32(), payload.unsigned16());
      case OPEN, REGISTER, UNREGISTER, NOTIFY, PING ->
          throw new MalformedPduException("only a subagent sends " + header.type());
    };
  }

  private static String context(Header header, PduReader payload) throws MalformedPduException {
    return header.hasContext() ? payload.text() : "";
  }
}
