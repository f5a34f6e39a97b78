package org.vcpuacct.export.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snmp4j.PDU;
import org.snmp4j.asn1.BER;
import org.snmp4j.asn1.BEROutputStream;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.VariableBinding;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.alarm.log.Notifications;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.mib.MibObject;
import org.vcpuacct.mib.MibText;
import org.vcpuacct.mib.VcpuAcctMib;

/** The agent as net-snmp's tools see it. */
class EmbeddedAgentTest {

  private static final String SYSTEM_STATS = "." + VcpuAcctMib.SYSTEM_STATS;
  private static final String SYS_UP_TIME = ".1.3.6.1.2.1.1.3.0";
  private static final String SYS_CONTACT = ".1.3.6.1.2.1.1.4.0";
  private static final String SNMP_IN_BAD_COMMUNITY_NAMES = ".1.3.6.1.2.1.11.4.0";
  private static final String SNMP_IN_ASN_PARSE_ERRS = ".1.3.6.1.2.1.11.6.0";
  private static final String SNMP_ENGINE_ID = ".1.3.6.1.6.3.10.2.1.1.0";
  private static final String SNMP_ENGINE_BOOTS = ".1.3.6.1.6.3.10.2.1.2.0";
  private static final int MAX_OBJECTS_OF_SNMPGET = 100;

  @TempDir private Path stateDir;
  @TempDir private Path home;

  private final AtomicReference<Snapshot> snapshot = new AtomicReference<>(Snapshots.ofEveryTier());
  private final AtomicReference<List<Notification>> recent = new AtomicReference<>(List.of());
  private EmbeddedAgent agent;
  private NetSnmp tools;

  @BeforeEach
  void start() throws IOException {
    agent = started(loopback(0), snapshot::get);
    tools = new NetSnmp(agent.address(), home);
  }

  @AfterEach
  void close() {
    agent.close();
  }

  @Test
  void getNextAndGetBulkWalkTheSameTree() {
    List<String> byNext = walk("snmpwalk", "");

    assertThat(byNext).hasSizeGreaterThan(500);
    assertThat(walk("snmpbulkwalk", "-Cr7")).isEqualTo(byNext);
    assertThat(walk("snmpbulkwalk", "-Cr2147483647")).isEqualTo(byNext);
  }

  @Test
  void everyInstanceOfAWalkCanBeGot() {
    List<String> walk = walk("snmpwalk", "");

    List<String> got = new ArrayList<>();
    for (int from = 0; from < walk.size(); from += MAX_OBJECTS_OF_SNMPGET) {
      int to = Math.min(from + MAX_OBJECTS_OF_SNMPGET, walk.size());
      String[] instances =
          walk.subList(from, to).stream()
              .map(line -> line.substring(0, line.indexOf(' ')))
              .toArray(String[]::new);
      got.addAll(tools.inNumbers("snmpget", "", instances).lines());
    }

    assertThat(got).isEqualTo(walk);
  }

  @Test
  void theTypesAreThoseOfTheMib() {
    NetSnmp.Result walk = tools.withMib("snmpwalk", "", SYSTEM_STATS);

    assertThat(walk.status()).isZero();
    assertThat(walk.lines())
        .hasSizeGreaterThan(500)
        .noneMatch(line -> line.contains("Wrong Type"))
        .allMatch(line -> line.matches("(VCPU-ACCT-MIB|UCD-SNMP-MIB)::[a-z]\\w+\\.[\\w.]+ = .*"));
  }

  @Test
  void everyReadableObjectOfTheMibAppearsInSomeTier() {
    Set<String> seen =
        tools.withMib("snmpwalk", "-OS", "." + VcpuAcctMib.VCPU_ACCT_MIB).lines().stream()
            .map(line -> line.replaceFirst("^VCPU-ACCT-MIB::(\\w+)\\..*$", "$1"))
            .collect(Collectors.toSet());

    assertThat(seen)
        .isEqualTo(
            MibText.read().objects().values().stream()
                .filter(MibObject::readable)
                .map(MibObject::name)
                .collect(Collectors.toSet()));
  }

  @Test
  void aTableIsShownWithAQuestionMarkForWhatIsAbsent() {
    for (String bulk : List.of("", "-CB")) {
      List<String> table =
          tools.withMib("snmptable", bulk + " -Cf , -Ci -CH", "vaVcpuTable").lines();

      assertThat(table).hasSize(6);
      assertThat(table.get(0)).startsWith("1.1,0,10001,kvmDebugfs,exact,").contains(",?,?,?");
      assertThat(table.get(5)).startsWith("40.1,0,400001,kvmDebugfs,sampled,");
    }
  }

  @Test
  void aTableWiderThanABulkAnswerIsShownWhole() {
    snapshot.set(new Snapshots().vm(1, "wide", Tier.EXACT, 200).build());

    List<String> table = tools.withMib("snmptable", "-Cf , -CH", "vaVcpuShareTable").lines();

    assertThat(table).hasSize(200);
    assertThat(table).allMatch(row -> row.split(",", -1).length == 57);
  }

  @Test
  void anAbsentInstanceIsNoSuchInstance() {
    assertThat(get(VcpuAcctMib.VA_VM_NAME + ".2")).contains("No Such Instance");
    assertThat(get(VcpuAcctMib.VA_VCPU_EXITS + ".40.1")).contains("No Such Instance");
  }

  @Test
  void allOfOneAnswerIsOfOneSnapshot() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Supplier<Snapshot> newEachTime =
        () -> new Snapshots().vms(20, "snapshot " + asked.incrementAndGet()).build();
    try (EmbeddedAgent changing = started(loopback(0), newEachTime)) {
      NetSnmp others = new NetSnmp(changing.address(), home);

      List<String> names =
          others.inNumbers("snmpbulkget", "-Oqv -Cr20", VcpuAcctMib.VA_VM_NAME).lines();
      List<String> later =
          others.inNumbers("snmpbulkget", "-Oqv -Cr20", VcpuAcctMib.VA_VM_NAME).lines();

      assertThat(names).hasSize(20);
      assertThat(Set.copyOf(names)).hasSize(1);
      assertThat(later).doesNotContainAnyElementsOf(names);
    }
  }

  @Test
  void aWalkGoesOnWhenTheSnapshotIsReplaced() {
    NetSnmp.Result first = tools.inNumbers("snmpgetnext", "", VcpuAcctMib.VA_VM_NAME + ".3");
    snapshot.set(new Snapshots().vm(41, "left", Tier.SAMPLED, 1).build());
    NetSnmp.Result second = tools.inNumbers("snmpgetnext", "", VcpuAcctMib.VA_VM_NAME + ".40");

    assertThat(first.output()).startsWith("." + VcpuAcctMib.VA_VM_NAME + ".40 ");
    assertThat(second.output()).startsWith("." + VcpuAcctMib.VA_VM_NAME + ".41 ");
  }

  @Test
  void aNameInUtf8IsServedAsItIs() {
    snapshot.set(new Snapshots().vm(1, "büro-東京", Tier.SAMPLED, 1).build());

    assertThat(tools.withMib("snmpget", "-Oqv", "VCPU-ACCT-MIB::vaVmName.1").output().strip())
        .isEqualTo("büro-東京");
  }

  @Test
  void aSetIsRefused() {
    NetSnmp.Result ours =
        tools.inNumbers("snmpset", "", VcpuAcctMib.VA_VM_NAME + ".1", "s", "other");
    NetSnmp.Result system = tools.inNumbers("snmpset", "", SYS_CONTACT, "s", "me");

    assertThat(ours.output()).contains("noAccess");
    assertThat(system.output()).contains("noAccess");
    assertThat(get(VcpuAcctMib.VA_VM_NAME + ".1")).contains("\"exact\"");
  }

  @Test
  void aWrongCommunityGetsNoAnswerAndIsCounted() {
    assertThat(tools.asCommunity("private", "snmpget", SYS_UP_TIME).output()).contains("Timeout");
    assertThat(get(SNMP_IN_BAD_COMMUNITY_NAMES)).endsWith("Counter32: 1");
  }

  @Test
  void snmpV1PassesOverCountersOf64Bits() {
    NetSnmp.Result walk = tools.inNumbersV1("snmpwalk", SYSTEM_STATS);
    NetSnmp.Result get = tools.inNumbersV1("snmpget", VcpuAcctMib.VA_VCPU_CPU_NS + ".1.1");

    List<String> expected =
        walk("snmpwalk", "").stream().filter(line -> !line.contains("Counter64")).toList();
    assertThat(walk.lines()).isEqualTo(expected);
    assertThat(get.output()).contains("noSuchName");
  }

  @Test
  void theSystemGroupIsServed() {
    List<String> system = tools.inNumbers("snmpwalk", "", ".1.3.6.1.2.1.1").lines();

    assertThat(system.get(0)).contains(".1.3.6.1.2.1.1.1.0 = STRING: \"vcpuacct 1.2.3 on ");
    assertThat(system.get(1)).endsWith("OID: ." + VcpuAcctMib.VCPU_ACCT_MIB);
  }

  @Test
  void theEngineKeepsItsIdentityAndCountsItsBoots() throws IOException {
    String engineId = get(SNMP_ENGINE_ID);
    String boots = get(SNMP_ENGINE_BOOTS);
    agent.close();
    agent = started(loopback(0), snapshot::get);
    tools = new NetSnmp(agent.address(), home);

    assertThat(boots).endsWith("INTEGER: 1");
    assertThat(get(SNMP_ENGINE_BOOTS)).endsWith("INTEGER: 2");
    assertThat(get(SNMP_ENGINE_ID)).contains("STRING: ").isEqualTo(engineId);
  }

  @Test
  void garbageIsCountedAndTheAgentGoesOn() throws IOException {
    Random random = new Random(7);
    byte[] request = getRequest();
    try (DatagramSocket socket = new DatagramSocket()) {
      for (int length = 0; length <= request.length; length++) {
        send(socket, Arrays.copyOf(request, length));
      }
      for (int i = 0; i < request.length; i++) {
        byte[] broken = request.clone();
        broken[i] ^= (byte) 0xFF;
        send(socket, broken);
      }
      for (int length : new int[] {1, 2, 50, 1_000, 65_000, 65_507}) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        send(socket, noise);
        noise[0] = 0x30;
        send(socket, noise);
      }
    }

    assertThat(get(SYS_UP_TIME)).contains("Timeticks");
    assertThat(get(SNMP_IN_ASN_PARSE_ERRS)).doesNotEndWith("Counter32: 0");
  }

  @Test
  void aResponseIsNotAnswered() throws IOException {
    PDU response = new PDU(PDU.RESPONSE, List.of(new VariableBinding(new OID("1.3.6.1.2.1.1"))));
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(300);
      send(socket, message(response));

      assertThatThrownBy(() -> socket.receive(new DatagramPacket(new byte[1500], 1500)))
          .isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(get(SYS_UP_TIME)).contains("Timeticks");
  }

  @Test
  void aPortInUseIsOneClearError() {
    assertThatThrownBy(() -> started(agent.address(), snapshot::get))
        .isInstanceOf(ListenException.class)
        .hasMessageContaining("UDP 127.0.0.1:" + agent.address().getPort() + ":")
        .hasMessageContaining("Address already in use");
  }

  @Test
  void anAddressOfAnotherHostIsOneClearError() {
    InetSocketAddress documentation = new InetSocketAddress("192.0.2.1", 1161);

    assertThatThrownBy(() -> started(documentation, snapshot::get))
        .isInstanceOf(ListenException.class)
        .hasMessageContaining("UDP 192.0.2.1:1161: ");
  }

  @Test
  void aClosedAgentHasFreedItsPort() throws IOException {
    InetSocketAddress address = agent.address();
    agent.close();

    agent = started(address, snapshot::get);

    assertThat(agent.address()).isEqualTo(address);
    assertThat(get(SYS_UP_TIME)).contains("Timeticks");
  }

  @Test
  void itMovesToAnotherAddressAndStaysWhereItIsIfItCannot() throws IOException {
    InetSocketAddress before = agent.address();
    String inPackets = ".1.3.6.1.2.1.11.1.0";
    get(SYS_UP_TIME);
    try (DatagramSocket taken = new DatagramSocket(loopback(0))) {
      assertThatThrownBy(() -> agent.use(settings(loopback(taken.getLocalPort()))))
          .isInstanceOf(ListenException.class);
    }
    assertThat(agent.address()).isEqualTo(before);
    assertThat(get(SYS_UP_TIME)).contains("Timeticks");

    agent.use(settings(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), before.getPort())));
    assertThat(get(inPackets)).isEqualTo(inPackets + " = Counter32: 3");

    agent.use(settings(loopback(0)));
    assertThat(agent.address().getPort()).isNotEqualTo(before.getPort());
    assertThat(new NetSnmp(agent.address(), home).inNumbers("snmpget", "", inPackets).output())
        .contains("Counter32: 4");
    new DatagramSocket(before).close();
  }

  @Test
  void itListensOnIpv6() throws IOException {
    byte[] one = new byte[16];
    one[15] = 1;
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getByAddress(one), 0);
    try (EmbeddedAgent other = started(loopback, snapshot::get)) {
      NetSnmp.Result uptime =
          new NetSnmp(other.address(), home).inNumbers("snmpget", "", SYS_UP_TIME);

      assertThat(uptime.output()).contains("Timeticks");
    }
  }

  /** RFC 3014, by its numbers: the default log, which has an empty name. */
  @Test
  void theLastNotificationsAreInTheNotificationLog() {
    recent.set(Notifications.range(7, 8));
    snapshot.set(Snapshots.ofEveryTier());
    String log = ".1.3.6.1.2.1.92.1.3.1.1";
    String variables = ".1.3.6.1.2.1.92.1.3.2.1";

    List<String> walked = tools.inNumbers("snmpwalk", "", ".1.3.6.1.2.1.92").lines();

    assertThat(walked)
        .contains(
            ".1.3.6.1.2.1.92.1.1.1.0 = Gauge32: 1000",
            ".1.3.6.1.2.1.92.1.2.1.0 = Counter32: 8",
            ".1.3.6.1.2.1.92.1.2.2.0 = Counter32: 6",
            log + ".9.0.7 = OID: .1.3.6.1.4.1.2021.11.200.0.1",
            log + ".9.0.8 = OID: .1.3.6.1.4.1.2021.11.200.0.2",
            variables + ".2.0.7.1 = OID: .1.3.6.1.4.1.2021.11.200.8.1.3.7",
            variables + ".5.0.7.1 = Gauge32: 7",
            variables + ".7.0.8.3 = INTEGER: 1")
        .doesNotHaveDuplicates();
    assertThat(tools.inNumbers("snmpbulkwalk", "", ".1.3.6.1.2.1.92").lines()).isEqualTo(walked);
  }

  private EmbeddedAgent started(InetSocketAddress address, Supplier<Snapshot> snapshots)
      throws IOException {
    return EmbeddedAgent.start(
        settings(address),
        "1.2.3",
        System.nanoTime(),
        snapshots,
        () -> AlarmList.empty(0).after(List.of(RaisedAlarms.exitStorm(7))),
        recent::get);
  }

  private SnmpSettings settings(InetSocketAddress address) throws IOException {
    return new SnmpSettings(
        address, Map.of("public", ""), false, List.of(), EngineState.boot(stateDir, false));
  }

  private static InetSocketAddress loopback(int port) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
  }

  private List<String> walk(String tool, String options) {
    NetSnmp.Result walk = tools.inNumbers(tool, options, SYSTEM_STATS);
    assertThat(walk.status()).isZero();
    return walk.lines();
  }

  private String get(String instance) {
    return tools.inNumbers("snmpget", "", instance).output().strip();
  }

  private void send(DatagramSocket socket, byte[] message) throws IOException {
    socket.send(new DatagramPacket(message, message.length, agent.address()));
  }

  private static byte[] getRequest() throws IOException {
    return message(new PDU(PDU.GET, List.of(new VariableBinding(new OID(SYS_UP_TIME)))));
  }

  /** An SNMPv2c message (RFC 1901 section 3). */
  private static byte[] message(PDU pdu) throws IOException {
    pdu.setRequestID(new Integer32(1));
    Integer32 version = new Integer32(1);
    OctetString community = new OctetString("public");
    int length = version.getBERLength() + community.getBERLength() + pdu.getBERLength();
    BEROutputStream out = new BEROutputStream(ByteBuffer.allocate(length + 8));
    BER.encodeHeader(out, BER.SEQUENCE, length);
    version.encodeBER(out);
    community.encodeBER(out);
    pdu.encodeBER(out);
    return Arrays.copyOf(out.getBuffer().array(), out.getBuffer().position());
  }
}
