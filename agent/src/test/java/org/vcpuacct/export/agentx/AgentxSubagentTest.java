package org.vcpuacct.export.agentx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snmp4j.smi.OID;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.export.agentx.FakeMaster.Pdu;
import org.vcpuacct.export.agentx.FakeMaster.Subagent;
import org.vcpuacct.export.snmp.MibTables;
import org.vcpuacct.export.snmp.SnapshotViews;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.log.LogLines;
import org.vcpuacct.mib.VcpuAcctMib;

/** The subagent in front of a master that does what real ones do not, or seldom. */
@Timeout(60)
class AgentxSubagentTest {

  private static final int CLOSE = 2;
  private static final int REGISTER = 3;
  private static final int UNREGISTER = 4;
  private static final int PING = 13;
  private static final int RESPONSE = 18;

  private static final int NOT_OPEN = 257;
  private static final int UNSUPPORTED_CONTEXT = 262;
  private static final int DUPLICATE_REGISTRATION = 263;

  private static final String OURS = "1.3.6.1.4.1.2021.11.200";
  private static final int[] NAME_COLUMN = new OID(VcpuAcctMib.VA_VM_NAME).getValue();
  private static final long STARTED_NS = 50_000_000_000L;

  /** What a test does not wait for does not happen meanwhile, however busy the machine is. */
  private static final Timing PATIENT = timing(Duration.ofHours(1), Duration.ofHours(1));

  @TempDir private Path dir;

  private final LogLines lines = LogLines.ofPackage(AgentxSubagent.class);
  private final AtomicReference<Snapshot> snapshot =
      new AtomicReference<>(new Snapshots().vm(1, "one", Tier.SAMPLED, 1).build());
  private final List<Long> uptimes = new CopyOnWriteArrayList<>();
  private NotifyQueue queue = NotifyQueue.NONE;
  private FakeMaster master;
  private AgentxSubagent subagent;

  @BeforeEach
  void startMaster() throws IOException {
    master = FakeMaster.on(UnixDomainSocketAddress.of(dir.resolve("master")));
  }

  @AfterEach
  void close() throws IOException {
    if (subagent != null) {
      subagent.close();
    }
    master.close();
    lines.close();
  }

  @Test
  void itOpensASessionAndRegistersFixedSubtreesByContext() throws IOException {
    start(PATIENT);
    try (Subagent peer = master.accept()) {
      Pdu open = peer.next(1);
      open.payload().getInt();
      assertThat(open.session()).isZero();
      assertThat(open.oid()).isEqualTo(VcpuAcctMib.VCPU_ACCT_MIB);
      byte[] description = new byte[open.payload().getInt()];
      open.payload().get(description);
      assertThat(new String(description, UTF_8)).isEqualTo("vcpuacct 1.2.3");
      peer.answer(open, 0, 0);

      assertThat(peer.grant(REGISTER, 3))
          .containsExactly(" " + OURS, "ne-1 1.3.6.1.4.1.2021.10", "ne-1 1.3.6.1.4.1.2021.11");
    }
  }

  @Test
  void contextsComeAndGoWithTheNetworkElements() throws IOException {
    start(PATIENT);
    try (Subagent peer = master.acceptSession(0)) {
      peer.grant(REGISTER, 3);
      snapshot.set(
          new Snapshots().vm(1, "one", Tier.SAMPLED, 1).vm(2, "two", Tier.SAMPLED, 1).build());
      assertThat(peer.grant(REGISTER, 2))
          .containsExactly("ne-2 1.3.6.1.4.1.2021.10", "ne-2 1.3.6.1.4.1.2021.11");
      snapshot.set(new Snapshots().vm(2, "two", Tier.SAMPLED, 1).build());
      assertThat(peer.grant(UNREGISTER, 2))
          .containsExactly("ne-1 1.3.6.1.4.1.2021.10", "ne-1 1.3.6.1.4.1.2021.11");
    }
  }

  @Test
  void requestsAreAnsweredInBothByteOrders() throws IOException {
    start(PATIENT);
    try (Subagent peer = registered()) {
      for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
        Pdu get = peer.ask(get(order, "", 1));
        assertThat(get.error()).isZero();
        assertThat(get.transaction()).isEqualTo(77);
        assertThat(get.packet()).isEqualTo(88);
        assertThat(values(get)).containsExactly(VcpuAcctMib.VA_VM_NAME + ".1 = one");

        Pdu next = peer.ask(getNext(order, "ne-1", false));
        assertThat(values(next)).containsExactly(VcpuAcctMib.VA_VM_NAME + ".1 = one");
      }
    }
  }

  @Test
  void aRangeIsKept() throws IOException {
    start(PATIENT);
    try (Subagent peer = registered()) {
      Octets ranges =
          Octets.bigEndian()
              .oid(true, instance(1))
              .noOid() // the start is included
              .oid(false, NAME_COLUMN)
              .oid(false, instance(1)) // the end is not
              .oid(false, 2)
              .noOid();
      assertThat(values(peer.ask(ranges.pdu(6, 0, FakeMaster.SESSION, 1, 2))))
          .containsExactly(
              VcpuAcctMib.VA_VM_NAME + ".1 = one",
              VcpuAcctMib.VA_VM_NAME + " = endOfMibView",
              "2 = endOfMibView");
    }
  }

  @Test
  void aGetBulkRepeatsUntilTheEnd() throws IOException {
    snapshot.set(new Snapshots().vms(3, "name").build());
    start(PATIENT);
    try (Subagent peer = master.acceptSession(0)) {
      peer.grant(REGISTER, 1 + 2 * 3);
      int[] nextColumn = NAME_COLUMN.clone();
      nextColumn[nextColumn.length - 1]++;
      Octets bulk =
          Octets.bigEndian()
              .u16(1)
              .u16(5)
              .oid(false, NAME_COLUMN)
              .noOid()
              .oid(false, NAME_COLUMN)
              .oid(false, nextColumn);
      assertThat(values(peer.ask(bulk.pdu(7, 0, FakeMaster.SESSION, 1, 2))))
          .containsExactly(
              VcpuAcctMib.VA_VM_NAME + ".1 = name",
              VcpuAcctMib.VA_VM_NAME + ".1 = name",
              VcpuAcctMib.VA_VM_NAME + ".2 = name",
              VcpuAcctMib.VA_VM_NAME + ".3 = name",
              VcpuAcctMib.VA_VM_NAME + ".3 = endOfMibView");
    }
  }

  @Test
  void aGetBulkWithoutMeasureIsCutOff() throws IOException {
    snapshot.set(new Snapshots().vms(1_000, "a name of some length").build());
    start(PATIENT);
    try (Subagent peer = master.acceptSession(0)) {
      peer.grant(REGISTER, 1 + 2 * 1_000);
      Octets bulk = Octets.bigEndian().u16(0).u16(65_535);
      for (int i = 0; i < 200; i++) {
        bulk.oid(false, NAME_COLUMN).noOid();
      }
      Pdu response = peer.ask(bulk.pdu(7, 0, FakeMaster.SESSION, 1, 2));
      assertThat(response.error()).isZero();
      assertThat(response.payload().remaining()).isBetween(65_000, 66_000);
    }
  }

  @Test
  void allOfOneRequestIsOfOneSnapshot() throws IOException {
    start(PATIENT);
    try (Subagent peer = registered()) {
      snapshot.set(new Snapshots().vms(50, "before").build());
      Octets ranges = Octets.bigEndian();
      for (int row = 1; row <= 50; row++) {
        ranges.oid(true, instance(row)).noOid();
      }
      peer.send(ranges.pdu(6, 0, FakeMaster.SESSION, 1, 2));
      snapshot.set(new Snapshots().vms(50, "after").build());
      Pdu response = peer.next();
      while (response.type() == REGISTER) {
        peer.answer(response, 0, 0);
        response = peer.next();
      }
      assertThat(values(response).stream().map(value -> value.split(" = ", 2)[1]).distinct())
          .hasSize(1);
    }
  }

  @Test
  void nothingCanBeSet() throws IOException {
    start(PATIENT);
    try (Subagent peer = registered()) {
      assertThat(peer.ask(set(8)).error()).as("TestSet").isEqualTo(17);
      assertThat(peer.ask(set(9)).error()).as("CommitSet").isEqualTo(14);
      assertThat(peer.ask(set(10)).error()).as("UndoSet").isZero();
      peer.send(set(11)); // CleanupSet has no answer
      assertThat(values(peer.ask(get(ByteOrder.BIG_ENDIAN, "", 1)))).hasSize(1);
    }
  }

  @Test
  void anUnknownContextAndAnUnknownSessionAreSaid() throws IOException {
    start(PATIENT);
    try (Subagent peer = registered()) {
      assertThat(peer.ask(getNext(ByteOrder.BIG_ENDIAN, "ne-2", false)).error())
          .isEqualTo(UNSUPPORTED_CONTEXT);
      ByteBuffer other = Octets.bigEndian().oid(false, instance(1)).noOid().pdu(5, 0, 1, 2, 3);
      assertThat(peer.ask(other).error()).isEqualTo(NOT_OPEN);
    }
  }

  @Test
  void requestsAreAnsweredWhileItWaitsForAnAnswerItself() throws IOException {
    start(PATIENT);
    try (Subagent peer = master.acceptSession(0)) {
      Pdu register = peer.next(REGISTER);
      assertThat(values(peer.ask(get(ByteOrder.BIG_ENDIAN, "", 1)))).hasSize(1);
      peer.answer(register, 0, 0);
      peer.grant(REGISTER, 2);
    }
  }

  @Test
  void timeStampsReferToTheMastersUptime() throws IOException {
    start(PATIENT);
    long beforeNs = System.nanoTime();
    try (Subagent peer = master.acceptSession(1_000)) {
      peer.grant(REGISTER, 3);
    }
    long afterNs = System.nanoTime();
    assertThat(uptimes).hasSize(1);
    assertThat(uptimes.get(0) + 10_000_000_000L).isBetween(beforeNs, afterNs);

    long passedTicks = (System.nanoTime() - uptimes.get(0)) / 10_000_000;
    try (Subagent again = master.acceptSession(passedTicks)) {
      again.grant(REGISTER, 3);
    }
    assertThat(uptimes).hasSize(2);
    assertThat(uptimes.get(1)).as("the same master").isEqualTo(uptimes.get(0));

    try (Subagent restarted = master.acceptSession(3)) {
      restarted.grant(REGISTER, 3);
    }
    assertThat(uptimes.get(2)).as("a new master").isGreaterThan(uptimes.get(0));
  }

  @Test
  void anIdleMasterIsPingedAndOneThatDoesNotAnswerIsGivenUp() throws IOException {
    start(timing(Duration.ofMillis(100), Duration.ofMillis(500)));
    try (Subagent peer = registered()) {
      peer.answer(peer.next(PING), 0, 0);
      peer.answer(peer.next(PING), 0, 0);
      peer.next(PING);
      Pdu close = peer.next(CLOSE);
      assertThat(close.payload().get(0)).as("reasonTimeouts").isEqualTo((byte) 4);
      assertThat(peer.hasEnded()).isTrue();
    }
    registered().close();
    assertThat(lines()).anyMatch(line -> line.contains("it has not answered for 500 ms"));
  }

  @Test
  void aMasterThatHasForgottenTheSessionGetsANewOne() throws IOException {
    start(timing(Duration.ofMillis(100), Duration.ofHours(1)));
    try (Subagent peer = registered()) {
      peer.answer(peer.next(PING), 0, NOT_OPEN);
      registered().close();
      assertThat(lines()).anyMatch(line -> line.contains("does not know the session any more"));
    }
  }

  @Test
  void aMasterThatClosesTheSessionGetsANewOne() throws IOException {
    start(PATIENT);
    try (Subagent peer = registered()) {
      peer.send(Octets.bigEndian().u8(6).u8(0).u16(0).pdu(CLOSE, 0, FakeMaster.SESSION, 1, 2));
      registered().close();
      assertThat(lines()).anyMatch(line -> line.contains("closed the session: byManager"));
    }
  }

  @Test
  void aMasterThatTakesTheConnectionAndNothingElseIsGivenUp() throws IOException {
    start(timing(Duration.ofHours(1), Duration.ofMillis(200)));
    try (Subagent silent = master.accept()) {
      silent.next(1);
      registered().close();
      assertThat(lines()).anyMatch(line -> line.contains("it has not answered for 200 ms"));
    }
  }

  @Test
  void aMasterThatRefusesASessionIsAskedAgain() throws IOException {
    start(PATIENT);
    for (int i = 0; i < 3; i++) {
      try (Subagent peer = master.accept()) {
        peer.answer(peer.next(1), 0, 256);
        assertThat(peer.next(CLOSE).payload().get(0)).isEqualTo((byte) 1);
      }
    }
    assertThat(lines()).hasSize(1).first().asString().contains("refuses a session: openFailed");
  }

  @Test
  void aRefusedSubtreeIsTriedAgainAndSaidOnce() throws IOException {
    start(PATIENT);
    try (Subagent peer = master.acceptSession(0)) {
      for (int i = 0; i < 3; i++) {
        Pdu register = peer.next(REGISTER);
        while (!register.context().isEmpty()) {
          peer.answer(register, 0, 0);
          register = peer.next(REGISTER);
        }
        peer.answer(register, 0, DUPLICATE_REGISTRATION);
      }
      Pdu register = peer.next(REGISTER);
      peer.answer(register, 0, 0);
      assertThat(values(peer.ask(get(ByteOrder.BIG_ENDIAN, "", 1)))).hasSize(1);
      assertThat(lines())
          .filteredOn(line -> line.contains("refuses"))
          .containsExactly(
              "the AgentX master refuses to register "
                  + OURS
                  + ": duplicateRegistration (end the other subagent, or module of the master, that"
                  + " has it)");
    }
  }

  @Test
  void malformedPdusEndTheSessionAndAnotherIsOpened() throws IOException {
    start(PATIENT);
    List<ByteBuffer> malformed =
        List.of(
            Octets.bigEndian().pdu(99, 0, FakeMaster.SESSION, 1, 2),
            Octets.bigEndian().u32(0x05000000).pdu(5, 0, FakeMaster.SESSION, 1, 2),
            Octets.bigEndian().pdu(5, 0, FakeMaster.SESSION, 1, 2).putInt(16, Integer.MAX_VALUE),
            Octets.bigEndian().pdu(5, 0, FakeMaster.SESSION, 1, 2).put(0, (byte) 9));
    for (ByteBuffer pdu : malformed) {
      try (Subagent peer = registered()) {
        peer.send(pdu);
        assertThat(peer.next(CLOSE).payload().get(0)).as("reasonParseError").isEqualTo((byte) 2);
        assertThat(peer.hasEnded()).isTrue();
      }
    }
    registered().close();
    assertThat(lines()).filteredOn(line -> line.contains("a PDU was malformed:")).hasSize(4);
  }

  @Test
  void noiseOfAnyKindIsSurvived() throws IOException {
    start(PATIENT);
    Random random = new Random(705);
    for (int i = 0; i < 200; i++) {
      try (Subagent peer = master.accept()) {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        if (noise.length > 1) {
          noise[0] = 1;
          noise[1] = (byte) random.nextInt(20);
        }
        peer.send(ByteBuffer.wrap(noise));
      }
    }
    try (Subagent peer = registered()) {
      assertThat(values(peer.ask(get(ByteOrder.BIG_ENDIAN, "", 1)))).hasSize(1);
    }
  }

  @Test
  void aPduThatComesInPiecesIsRead() throws Exception {
    start(PATIENT);
    try (Subagent peer = registered()) {
      ByteBuffer request = get(ByteOrder.BIG_ENDIAN, "ne-1", 1);
      ByteBuffer twice = ByteBuffer.allocate(2 * request.remaining());
      twice.put(request.duplicate()).put(request).flip();
      while (twice.hasRemaining()) {
        peer.send(twice.slice(twice.position(), 1));
        twice.position(twice.position() + 1);
      }
      assertThat(values(peer.next(RESPONSE))).hasSize(1);
      assertThat(values(peer.next(RESPONSE))).hasSize(1);
    }
  }

  @Test
  void aMasterThatDoesNotReadItsAnswersIsGivenUp() throws IOException {
    snapshot.set(new Snapshots().vms(300, "a name of some length").build());
    start(PATIENT);
    try (Subagent peer = master.acceptSession(0)) {
      peer.grant(REGISTER, 1 + 2 * 300);
      Octets bulk = Octets.bigEndian().u16(0).u16(300).oid(false, NAME_COLUMN).noOid();
      ByteBuffer request = bulk.pdu(7, 0, FakeMaster.SESSION, 1, 2);
      try {
        for (int i = 0; i < 10_000; i++) {
          peer.send(request.duplicate());
        }
      } catch (IOException e) {
        assertThat(e.getMessage()).containsAnyOf("Broken pipe", "Connection reset");
      }
      try (Subagent again = master.acceptSession(0)) {
        again.grant(REGISTER, 1);
        assertThat(lines()).anyMatch(line -> line.contains("it does not read what it is sent"));
      }
    }
  }

  @Test
  void aMasterThatComesLaterIsFound() throws Exception {
    SocketAddress address = master.address();
    master.close();
    Files.delete(dir.resolve("master"));
    start(PATIENT, address);
    while (lines().isEmpty()) {
      Thread.sleep(10);
    }
    assertThat(lines().get(0))
        .startsWith("no AgentX master at " + dir.resolve("master") + ": No such file or directory;")
        .contains("\"master agentx\"");
    master = FakeMaster.on(address);
    registered().close();
  }

  @Test
  void itSpeaksTcpToo() throws IOException {
    master.close();
    master = FakeMaster.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    start(PATIENT, master.address());
    try (Subagent peer = registered()) {
      assertThat(values(peer.ask(get(ByteOrder.BIG_ENDIAN, "", 1)))).hasSize(1);
      assertThat(subagent.master()).startsWith("tcp:127.0.0.1:");
    }
  }

  @Test
  void whenItIsClosedItSaysSo() throws IOException {
    start(PATIENT);
    try (Subagent peer = registered()) {
      subagent.close();
      Pdu close = peer.next(CLOSE);
      assertThat(close.session()).isEqualTo(FakeMaster.SESSION);
      assertThat(close.payload().get(0)).as("reasonShutdown").isEqualTo((byte) 5);
      assertThat(peer.hasEnded()).isTrue();
    }
  }

  @Test
  void itEndsAlsoWhileItWaitsForAnAnswer() throws IOException {
    start(PATIENT);
    try (Subagent peer = master.accept()) {
      peer.next(1);
      subagent.close();
      assertThat(peer.next(CLOSE).payload().get(0)).isEqualTo((byte) 5);
    }
  }

  private void start(Timing timing) throws IOException {
    start(timing, master.address());
  }

  private void start(Timing timing, SocketAddress address) throws IOException {
    subagent =
        AgentxSubagent.start(
            AgentxSettings.to(address),
            "1.2.3",
            upSinceNs -> {
              uptimes.add(upSinceNs);
              return new SnapshotViews(
                  new MibTables("1.2.3", STARTED_NS, upSinceNs, () -> AlarmList.empty(0)),
                  snapshot::get);
            },
            queue,
            timing);
  }

  /** The next subagent that connects, in a session, with the three subtrees of one element. */
  private Subagent registered() throws IOException {
    Subagent peer = master.acceptSession(0);
    peer.grant(REGISTER, 3);
    return peer;
  }

  private List<String> lines() {
    return lines.all().stream().filter(line -> !line.endsWith("is open")).toList();
  }

  private static ByteBuffer get(ByteOrder order, String context, int row) {
    Octets octets = Octets.in(order);
    if (!context.isEmpty()) {
      octets.text(context);
    }
    return octets
        .oid(false, instance(row))
        .noOid()
        .pdu(5, context.isEmpty() ? 0 : 0x08, FakeMaster.SESSION, 77, 88);
  }

  private static ByteBuffer getNext(ByteOrder order, String context, boolean include) {
    return Octets.in(order)
        .text(context)
        .oid(include, NAME_COLUMN)
        .noOid()
        .pdu(6, 0x08, FakeMaster.SESSION, 77, 88);
  }

  private static ByteBuffer set(int type) {
    return Octets.bigEndian().pdu(type, 0, FakeMaster.SESSION, 1, 2);
  }

  private static int[] instance(int row) {
    return new OID(NAME_COLUMN, new int[] {row}).getValue();
  }

  /** The variables of a Response, as texts. */
  private static List<String> values(Pdu response) {
    List<String> values = new ArrayList<>();
    response.payload().position(8);
    while (response.payload().hasRemaining()) {
      int type = Short.toUnsignedInt(response.payload().getShort());
      response.payload().getShort();
      String name = response.oid();
      values.add(name + " = " + (type == 4 ? text(response.payload()) : exception(type)));
    }
    return values;
  }

  private static String text(ByteBuffer payload) {
    byte[] octets = new byte[payload.getInt()];
    payload.get(octets);
    payload.position((payload.position() + 3) / 4 * 4);
    return new String(octets, UTF_8);
  }

  private static String exception(int type) {
    return switch (type) {
      case 129 -> "noSuchInstance";
      case 130 -> "endOfMibView";
      default -> throw new AssertionError("type " + type);
    };
  }

  private static Timing timing(Duration ping, Duration answer) {
    return new Timing(
        ping.toNanos(),
        answer.toNanos(),
        Duration.ofMillis(20).toNanos(),
        Duration.ofMillis(50).toNanos(),
        Duration.ofMillis(5).toNanos(),
        Duration.ofMillis(10).toNanos());
  }
}
