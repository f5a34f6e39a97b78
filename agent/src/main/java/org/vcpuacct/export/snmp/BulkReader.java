package org.vcpuacct.export.snmp;

import java.util.Arrays;
import java.util.Optional;
import org.snmp4j.PDU;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.VariableBinding;

/**
 * Answers a GETBULK (RFC 3416 section 4.2.3) from a view, as far as no other object of the agent is
 * met. SNMP4J-Agent would add up the length of the whole answer again for each variable that it
 * adds, and look each up twice: five times the time for an answer that fills a frame.
 */
final class BulkReader {

  /**
   * What the lengths of PDU, scoped PDU and list take more than those of empty ones: from one octet
   * to three each, for up to 65,535 octets of content (X.690 section 8.1.3.5).
   */
  private static final int LONGER_LENGTHS_OCTETS = 3 * 2;

  private final MibView view;
  private final PDU response;
  private int octetsLeft;
  private boolean full;

  private BulkReader(MibView view, PDU response, int maxOctets) {
    this.view = view;
    this.response = response;
    this.octetsLeft = maxOctets - response.getBERLength() - LONGER_LENGTHS_OCTETS;
  }

  /**
   * The answer to a GETBULK; empty if a variable of it is none of the view's.
   *
   * @param maxOctets the length of the PDU, or scoped PDU, at most; the answer is cut off there
   */
  static Optional<PDU> answer(PDU request, MibView view, int maxOctets) {
    BulkReader reader = new BulkReader(view, emptyResponse(request), maxOctets);
    return reader.read(request) ? Optional.of(reader.response) : Optional.empty();
  }

  private static PDU emptyResponse(PDU request) {
    PDU response = (PDU) request.clone(); // with the context of a scoped PDU
    response.clear();
    response.setType(PDU.RESPONSE);
    response.setRequestID(request.getRequestID());
    response.setErrorStatus(PDU.noError);
    response.setErrorIndex(0);
    return response;
  }

  /** Whether all that was to be read is the view's. */
  private boolean read(PDU request) {
    OID[] names =
        request.getVariableBindings().stream().map(VariableBinding::getOid).toArray(OID[]::new);
    if (!Arrays.stream(names).allMatch(name -> name.startsWith(SnapshotObject.SUBTREE))) {
      return false;
    }
    int nonRepeaters = Math.max(0, Math.min(request.getNonRepeaters(), names.length));
    int repetitions = nonRepeaters < names.length ? request.getMaxRepetitions() : 0;
    boolean found = readNext(names, 0, nonRepeaters);
    for (int i = 0; i < repetitions && found && !full; i++) {
      found = readNext(names, nonRepeaters, names.length);
    }
    return found;
  }

  /**
   * Replaces each of these names by the next, as far as there is room; false if one has no next.
   */
  private boolean readNext(OID[] names, int from, int to) {
    for (int i = from; i < to && !full; i++) {
      Optional<VariableBinding> next = view.next(names[i]);
      if (next.isEmpty()) {
        return false;
      }
      add(next.get());
      names[i] = next.get().getOid();
    }
    return true;
  }

  private void add(VariableBinding found) {
    octetsLeft -= found.getBERLength();
    full = octetsLeft < 0;
    if (!full) {
      response.add(found);
    }
  }
}
