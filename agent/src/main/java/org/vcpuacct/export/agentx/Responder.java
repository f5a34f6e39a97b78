package org.vcpuacct.export.agentx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.snmp4j.PDU;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.VariableBinding;
import org.vcpuacct.export.snmp.ContextViews;
import org.vcpuacct.export.snmp.MibView;

/**
 * Answers requests (RFC 2741 sections 7.2.3 and 7.2.4): all of one PDU from one view, and so of one
 * instant. Nothing can be set.
 */
final class Responder {

  /** More than an SNMP message over UDP carries, whatever a GetBulk asks for. */
  private static final int MAX_BULK_OCTETS = 1 << 16;

  private final ContextViews views;

  Responder(ContextViews views) {
    this.views = views;
  }

  /** The answer to a PDU; empty if it is one that is not answered. */
  Optional<ByteBuffer> answer(MasterPdu pdu) {
    if (pdu instanceof MasterPdu.Get get) {
      return ofContext(
          get.header(),
          get.context(),
          view -> each(get.header(), get.ranges(), range -> at(view, range)));
    }
    if (pdu instanceof MasterPdu.GetNext getNext) {
      return ofContext(
          getNext.header(),
          getNext.context(),
          view -> each(getNext.header(), getNext.ranges(), range -> next(view, range)));
    }
    if (pdu instanceof MasterPdu.GetBulk getBulk) {
      return ofContext(getBulk.header(), getBulk.context(), view -> bulk(getBulk, view));
    }
    return pdu instanceof MasterPdu.Set set ? set(set.header()) : Optional.empty();
  }

  /** A SET ends with its first phase, so that there is nothing to commit or to undo. */
  private static Optional<ByteBuffer> set(Header header) {
    return switch (header.type()) {
      case TEST_SET -> Optional.of(error(header, PDU.notWritable, 1));
      case COMMIT_SET -> Optional.of(error(header, PDU.commitFailed, 1));
      case UNDO_SET -> Optional.of(error(header, ResponseError.NONE, 0));
      default -> Optional.empty(); // CleanupSet is not answered
    };
  }

  private Optional<ByteBuffer> ofContext(
      Header request, String context, Function<MibView, ByteBuffer> answer) {
    return views
        .view(context)
        .map(answer)
        .or(() -> Optional.of(error(request, ResponseError.UNSUPPORTED_CONTEXT.code(), 0)));
  }

  private static ByteBuffer each(
      Header request, List<SearchRange> ranges, Function<SearchRange, VariableBinding> answer) {
    PduWriter response = PduWriter.response(request, ResponseError.NONE, 0);
    for (SearchRange range : ranges) {
      write(response, answer.apply(range));
      if (response.payloadOctets() > Header.MAX_PAYLOAD_OCTETS) {
        return error(request, PDU.tooBig, 0);
      }
    }
    return response.toPdu();
  }

  /** RFC 2741 section 7.2.3.3; cut off where it is long enough (RFC 3416 section 4.2.3). */
  private static ByteBuffer bulk(MasterPdu.GetBulk request, MibView view) {
    PduWriter response = PduWriter.response(request.header(), ResponseError.NONE, 0);
    int nonRepeaters = Math.min(request.nonRepeaters(), request.ranges().size());
    List<SearchRange> once = request.ranges().subList(0, nonRepeaters);
    List<SearchRange> repeated = request.ranges().subList(nonRepeaters, request.ranges().size());
    repeat(response, once, view);
    for (int i = 0; i < request.maxRepetitions() && !repeated.isEmpty(); i++) {
      repeated = repeat(response, repeated, view);
    }
    return response.toPdu();
  }

  /** Answers these ranges, and returns what is left of them; nothing if all have come to an end. */
  private static List<SearchRange> repeat(
      PduWriter response, List<SearchRange> ranges, MibView view) {
    List<SearchRange> left = new ArrayList<>(ranges.size());
    boolean ended = true;
    for (SearchRange range : ranges) {
      if (response.payloadOctets() > MAX_BULK_OCTETS) {
        return List.of();
      }
      VariableBinding found = next(view, range);
      write(response, found);
      left.add(new SearchRange(found.getOid(), false, range.end()));
      ended &= found.isException();
    }
    return ended ? List.of() : left;
  }

  /** A Response without variables. */
  static ByteBuffer error(Header request, int error, int index) {
    return PduWriter.response(request, error, index).toPdu();
  }

  private static VariableBinding at(MibView view, SearchRange range) {
    OID name = range.start();
    return new VariableBinding(name, view.get(name).orElse(Null.noSuchInstance));
  }

  private static VariableBinding next(MibView view, SearchRange range) {
    OID start = range.start();
    return view.from(start, range.startIncluded())
        .filter(found -> range.endsAfter(found.getOid()))
        .orElseGet(() -> new VariableBinding(start, Null.endOfMibView));
  }

  private static void write(PduWriter response, VariableBinding binding) {
    response.varBind(binding.getOid(), binding.getVariable());
  }
}
