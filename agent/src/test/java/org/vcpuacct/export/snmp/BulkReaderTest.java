package org.vcpuacct.export.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.VariableBinding;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.mib.VcpuAcctMib;

class BulkReaderTest {

  private static final int ANY_LENGTH = 65_507;
  private static final OID TREE = new OID(VcpuAcctMib.VCPU_ACCT_MIB);
  private static final OID NAMES = new OID(VcpuAcctMib.VA_VM_NAME);
  private static final OID UUIDS = new OID(VcpuAcctMib.VA_VM_UUID);
  private static final OID THREADS = new OID(VcpuAcctMib.VA_VCPU_THREAD_ID);

  private final MibView view =
      new MibTables("1.0", 0, 0, () -> AlarmList.empty(0)).view(Snapshots.ofEveryTier());

  @Test
  void repeatsEachRepeaterInTurn() {
    PDU request = request(1, 3, NAMES, UUIDS, THREADS);

    List<OID> expected = new ArrayList<>(List.of(next(NAMES)));
    OID uuid = UUIDS;
    OID thread = THREADS;
    for (int i = 0; i < 3; i++) {
      uuid = next(uuid);
      thread = next(thread);
      expected.addAll(List.of(uuid, thread));
    }
    assertThat(names(answer(request, ANY_LENGTH))).isEqualTo(expected);
  }

  @Test
  void carriesTheVariables() {
    assertThat(answer(request(0, 20, NAMES), ANY_LENGTH).getVariableBindings())
        .hasSize(20)
        .allSatisfy(found -> assertThat(view.get(found.getOid())).contains(found.getVariable()));
  }

  @Test
  void endsWhereTheNextVariableWouldNotFit() {
    PDU whole = answer(request(0, 200, NAMES, THREADS), ANY_LENGTH);

    for (int maxOctets = 60; maxOctets < whole.getBERLength(); maxOctets++) {
      PDU cut = answer(request(0, 200, NAMES, THREADS), maxOctets);

      assertThat(cut.getBERLength()).isLessThanOrEqualTo(maxOctets);
      assertThat(names(cut)).isEqualTo(names(whole).subList(0, cut.size()));
      PDU longer = (PDU) cut.clone();
      longer.add(whole.get(cut.size()));
      assertThat(longer.getBERLength()).isGreaterThan(maxOctets - 6);
    }
  }

  @Test
  void isEmptyIfNothingFits() {
    assertThat(answer(request(0, 10, NAMES), 20).size()).isZero();
  }

  @Test
  void endsWithoutRepeaters() {
    assertThat(names(answer(request(2, Integer.MAX_VALUE, NAMES, UUIDS), ANY_LENGTH)))
        .containsExactly(next(NAMES), next(UUIDS));
    assertThat(answer(request(0, Integer.MAX_VALUE), ANY_LENGTH).size()).isZero();
  }

  @Test
  void takesNumbersThatMakeNoSenseForZero() {
    assertThat(names(answer(request(-1, 1, NAMES), ANY_LENGTH))).containsExactly(next(NAMES));
    assertThat(answer(request(0, -1, NAMES), ANY_LENGTH).size()).isZero();
    assertThat(names(answer(request(7, 1, NAMES), ANY_LENGTH))).containsExactly(next(NAMES));
  }

  @Test
  void leavesToOthersWhatIsNotInTheView() {
    OID before = new OID("1.3.6.1.2.1.1");
    OID last = lastInstance();

    assertThat(BulkReader.answer(request(0, 1, before), view, ANY_LENGTH)).isEmpty();
    assertThat(BulkReader.answer(request(0, 1, NAMES, before), view, ANY_LENGTH)).isEmpty();
    assertThat(BulkReader.answer(request(0, 1, last), view, ANY_LENGTH)).isEmpty();
    assertThat(BulkReader.answer(request(1, 1, last, NAMES), view, ANY_LENGTH)).isEmpty();
    assertThat(
            BulkReader.answer(request(0, 1, SnapshotObject.SUBTREE.nextPeer()), view, ANY_LENGTH))
        .isEmpty();
  }

  @Test
  void answersTheRequestInItsContext() {
    ScopedPDU request = new ScopedPDU();
    request.setType(PDU.GETBULK);
    request.setMaxRepetitions(2);
    request.setRequestID(new Integer32(4711));
    request.setContextName(new OctetString("vm1"));
    request.setContextEngineID(new OctetString("engine"));
    request.add(new VariableBinding(NAMES));

    ScopedPDU answer = (ScopedPDU) answer(request, ANY_LENGTH);

    assertThat(answer.getType()).isEqualTo(PDU.RESPONSE);
    assertThat(answer.getRequestID()).isEqualTo(request.getRequestID());
    assertThat(answer.getContextName()).isEqualTo(request.getContextName());
    assertThat(answer.getContextEngineID()).isEqualTo(request.getContextEngineID());
    assertThat(answer.getErrorStatus()).isEqualTo(PDU.noError);
    assertThat(answer.getErrorIndex()).isZero();
    assertThat(answer.size()).isEqualTo(2);
    assertThat(request.size()).as("variables of the request").isEqualTo(1);
  }

  private static PDU request(int nonRepeaters, int maxRepetitions, OID... names) {
    PDU request = new PDU();
    request.setType(PDU.GETBULK);
    request.setNonRepeaters(nonRepeaters);
    request.setMaxRepetitions(maxRepetitions);
    for (OID name : names) {
      request.add(new VariableBinding(name));
    }
    return request;
  }

  private PDU answer(PDU request, int maxOctets) {
    return BulkReader.answer(request, view, maxOctets).orElseThrow();
  }

  private OID next(OID name) {
    return view.next(name).orElseThrow().getOid();
  }

  private OID lastInstance() {
    OID last = TREE;
    for (Optional<VariableBinding> next = view.next(last);
        next.isPresent();
        next = view.next(last)) {
      last = next.get().getOid();
    }
    return last;
  }

  private static List<OID> names(PDU pdu) {
    return pdu.getVariableBindings().stream().map(VariableBinding::getOid).toList();
  }
}
