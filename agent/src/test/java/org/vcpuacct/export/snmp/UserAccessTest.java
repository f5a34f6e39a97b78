package org.vcpuacct.export.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.mib.VcpuAcctMib;
import org.vcpuacct.snmp.AuthProtocol;
import org.vcpuacct.snmp.Password;
import org.vcpuacct.snmp.PrivacyProtocol;
import org.vcpuacct.snmp.SnmpCredentials.Authentication;
import org.vcpuacct.snmp.SnmpCredentials.Privacy;

/** Who may read what, as net-snmp's tools find it: users of SNMPv3, communities and contexts. */
class UserAccessTest {

  private static final String AUTH_PASSWORD = "correct horse";
  private static final String PRIVACY_PASSWORD = "battery staple";
  private static final String LONGEST_CONTEXT = "東京".repeat(42) + "abc";

  private static final String SYS_UP_TIME = ".1.3.6.1.2.1.1.3.0";
  private static final String SYS_CONTACT = ".1.3.6.1.2.1.1.4.0";
  private static final String ASN_PARSE_ERRS = ".1.3.6.1.2.1.11.6.0";
  private static final String SNMP_ENGINE_BOOTS = ".1.3.6.1.6.3.10.2.1.2.0";
  private static final String UNKNOWN_CONTEXTS = ".1.3.6.1.6.3.12.1.5.0";
  private static final String UNSUPPORTED_SEC_LEVELS = ".1.3.6.1.6.3.15.1.1.1.0";
  private static final String NOT_IN_TIME_WINDOWS = ".1.3.6.1.6.3.15.1.1.2.0";
  private static final String UNKNOWN_USER_NAMES = ".1.3.6.1.6.3.15.1.1.3.0";
  private static final String UNKNOWN_ENGINE_IDS = ".1.3.6.1.6.3.15.1.1.4.0";
  private static final String WRONG_DIGESTS = ".1.3.6.1.6.3.15.1.1.5.0";
  private static final String VM_NAMES = "." + VcpuAcctMib.VA_VM_NAME;
  private static final String SNMP_MODULES = ".1.3.6.1.6.3";

  @TempDir private Path stateDir;
  @TempDir private Path home;

  private final AtomicReference<Snapshot> snapshot =
      new AtomicReference<>(withElements("mme-1", "büro 2", LONGEST_CONTEXT));
  private SnmpSettings settings;
  private EmbeddedAgent agent;
  private NetSnmp tools;

  @BeforeEach
  void start() throws IOException {
    startAgent();
  }

  @AfterEach
  void close() {
    agent.close();
  }

  static Stream<Arguments> everyProtocol() {
    return Stream.of(AuthProtocol.values())
        .flatMap(auth -> Stream.of(PrivacyProtocol.values()).map(p -> Arguments.of(auth, p)));
  }

  @ParameterizedTest
  @MethodSource("everyProtocol")
  void aUserOfEveryProtocolReads(AuthProtocol auth, PrivacyProtocol privacy) {
    List<String> user = new User(auth.label() + " " + privacy.label(), auth, privacy).authPriv();

    assertThat(answer(user, SYS_UP_TIME)).contains("Timeticks");
    assertThat(tools.as(user, "snmpbulkwalk", VM_NAMES).lines()).hasSize(4);
  }

  @Test
  void aUserWithoutPrivacyReadsWithoutIt() {
    assertThat(answer(User.UNENCRYPTED.authNoPriv(), SYS_UP_TIME)).contains("Timeticks");
  }

  @Test
  void getNextAndGetBulkWalkTheSameTreeAsACommunity() {
    List<String> byCommunity =
        tools.as(List.of("-v2c", "-c", "public"), "snmpbulkwalk", VM_NAMES).lines();

    assertThat(byCommunity).hasSize(4);
    assertThat(tools.as(User.NMS.authPriv(), "snmpwalk", VM_NAMES).lines()).isEqualTo(byCommunity);
    assertThat(tools.as(with(User.NMS.authPriv(), "-Cr2147483647"), "snmpbulkwalk", VM_NAMES))
        .extracting(NetSnmp.Result::lines)
        .isEqualTo(byCommunity);
  }

  @Test
  void aWrongPasswordIsReported() {
    List<String> wrong = replaced(User.NMS.authPriv(), AUTH_PASSWORD, "wrong horse");

    assertThat(answer(wrong, SYS_UP_TIME)).contains("Authentication failure (incorrect password");
    assertThat(counter(WRONG_DIGESTS)).isEqualTo(1);
  }

  @Test
  void aWrongPrivacyPasswordReadsNothing() {
    List<String> wrong = replaced(User.NMS.authPriv(), PRIVACY_PASSWORD, "battery stable");

    assertThat(tools.as(wrong, "snmpget", SYS_UP_TIME))
        .satisfies(result -> assertThat(result.status()).isNotZero())
        .satisfies(result -> assertThat(result.output()).doesNotContain("Timeticks"));
    assertThat(counter(ASN_PARSE_ERRS)).isEqualTo(1);
    assertThat(answer(User.NMS.authPriv(), SYS_UP_TIME)).contains("Timeticks");
  }

  @Test
  void anUnknownUserIsReported() {
    List<String> unknown = replaced(User.NMS.authPriv(), "nms", "nobody");

    assertThat(answer(unknown, SYS_UP_TIME)).contains("Unknown user name");
    assertThat(counter(UNKNOWN_USER_NAMES)).isEqualTo(1);
  }

  @Test
  void aLevelTheUserHasNoKeyForIsReported() {
    assertThat(answer(User.UNENCRYPTED.authPriv(), SYS_UP_TIME))
        .contains("Unsupported security level");
    assertThat(counter(UNSUPPORTED_SEC_LEVELS)).isEqualTo(1);
  }

  @Test
  void aLevelBelowTheUsersIsRefused() {
    assertThat(answer(User.NMS.authNoPriv(), SYS_UP_TIME)).contains("authorizationError");
    assertThat(answer(User.NMS.noAuthNoPriv(), SYS_UP_TIME)).contains("authorizationError");
    assertThat(answer(User.UNENCRYPTED.noAuthNoPriv(), SYS_UP_TIME)).contains("authorizationError");
  }

  @Test
  void anotherEnginesIdentityIsReportedAndLearnedByNobody() {
    List<String> forged = with(User.NMS.authPriv(), "-e", "0x80001370046f74686572");

    assertThat(tools.as(forged, "snmpget", SYS_UP_TIME).output()).doesNotContain("Timeticks");
    assertThat(counter(UNKNOWN_ENGINE_IDS)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mme-1", "büro 2"})
  void aContextShowsItsNetworkElementAlone(String context) {
    NetSnmp.Result names = tools.as(in(User.NMS, context), "snmpwalk", VM_NAMES);

    assertThat(names.lines()).hasSize(1);
    assertThat(answer(in(User.NMS, context), SYS_UP_TIME)).contains("Timeticks");
  }

  @Test
  void aNameMayBeAsLongAsAContextCanBe() {
    assertThat(Utf8.octets(LONGEST_CONTEXT).length()).isEqualTo(255);
    assertThat(tools.as(in(User.NMS, LONGEST_CONTEXT), "snmpwalk", VM_NAMES).lines()).hasSize(1);
  }

  @Test
  void anUnknownContextIsReported() {
    assertThat(answer(in(User.NMS, "mme-9"), SYS_UP_TIME)).doesNotContain("Timeticks");
    assertThat(counter(UNKNOWN_CONTEXTS)).isEqualTo(1);
  }

  @Test
  void aContextComesAndGoesWithItsNetworkElement() {
    snapshot.set(withElements("other"));

    assertThat(tools.as(in(User.NMS, "other"), "snmpwalk", VM_NAMES).lines()).hasSize(1);
    assertThat(answer(in(User.MME, "mme-1"), SYS_UP_TIME)).doesNotContain("Timeticks");
    assertThat(counter(UNKNOWN_CONTEXTS)).isEqualTo(1);
  }

  @Test
  void aUserOfOneContextReadsNoOtherAndIsNotToldWhichThereAre() {
    assertThat(tools.as(in(User.MME, "mme-1"), "snmpwalk", VM_NAMES).lines()).hasSize(1);
    for (String other : List.of("", "büro 2", "mme-9")) {
      assertThat(answer(in(User.MME, other), SYS_UP_TIME)).contains("authorizationError");
    }
    List<String> nobody = with(User.NMS.noAuthNoPriv(), "-n", "mme-9");
    assertThat(answer(nobody, SYS_UP_TIME)).contains("authorizationError");
    assertThat(counter(UNKNOWN_CONTEXTS)).isZero();
  }

  @Test
  void aCommunityReadsItsContext() {
    List<String> ofElement = List.of("-v2c", "-c", "mme-1-ro");
    assertThat(tools.as(ofElement, "snmpwalk", VM_NAMES).lines()).hasSize(1);

    snapshot.set(withElements("other"));
    assertThat(answer(ofElement, SYS_UP_TIME)).contains("Timeout");
    assertThat(counter(UNKNOWN_CONTEXTS)).isEqualTo(1);
  }

  @Test
  void aSetIsRefusedAtEveryLevel() {
    for (List<String> user :
        List.of(User.NMS.authPriv(), in(User.NMS, "mme-1"), User.UNENCRYPTED.authNoPriv())) {
      for (String object : List.of(SYS_CONTACT, VM_NAMES + ".1", SNMP_ENGINE_BOOTS)) {
        assertThat(tools.as(user, "snmpset", object, "s", "other").output()).contains("noAccess");
      }
    }
    assertThat(tools.as(User.NMS.noAuthNoPriv(), "snmpset", SYS_CONTACT, "s", "other").output())
        .contains("authorizationError");
  }

  @Test
  void theEngineTellsItsCountersAndNoUsers() {
    List<String> objects = tools.as(User.NMS.authPriv(), "snmpwalk", SNMP_MODULES).lines();

    assertThat(objects.stream().filter(line -> line.matches("[.0-9]+ = [^N].*")))
        .extracting(line -> line.substring(0, line.indexOf(' ')))
        .containsExactly(
            ".1.3.6.1.6.3.1.1.6.1.0",
            ".1.3.6.1.6.3.10.2.1.1.0",
            ".1.3.6.1.6.3.10.2.1.2.0",
            ".1.3.6.1.6.3.10.2.1.3.0",
            ".1.3.6.1.6.3.10.2.1.4.0",
            ".1.3.6.1.6.3.11.2.1.1.0",
            ".1.3.6.1.6.3.11.2.1.2.0",
            ".1.3.6.1.6.3.11.2.1.3.0",
            ".1.3.6.1.6.3.12.1.4.0",
            ".1.3.6.1.6.3.12.1.5.0",
            ".1.3.6.1.6.3.15.1.1.1.0",
            ".1.3.6.1.6.3.15.1.1.2.0",
            ".1.3.6.1.6.3.15.1.1.3.0",
            ".1.3.6.1.6.3.15.1.1.4.0",
            ".1.3.6.1.6.3.15.1.1.5.0",
            ".1.3.6.1.6.3.15.1.1.6.0");
  }

  @Test
  void anEngineThatHasBootedTooOftenTakesNoUser() throws IOException {
    agent.close();
    Path file = stateDir.resolve("snmp-engine");
    String state = Files.readString(file);
    Files.writeString(file, state.replaceFirst("boots=\\d+", "boots=2147483646"));
    startAgent();

    assertThat(answer(User.NMS.authPriv(), SYS_UP_TIME)).doesNotContain("Timeticks");
    assertThat(counter(NOT_IN_TIME_WINDOWS)).isPositive();
  }

  @Test
  void otherUsersAndCommunitiesAreLetInWithoutARestart() throws IOException {
    String boots = answer(User.NMS.authPriv(), SNMP_ENGINE_BOOTS);
    assertThat(answer(User.MME.authPriv(), SYS_UP_TIME)).doesNotContain("Timeticks");
    SnmpUser mme = user("mme", AuthProtocol.SHA_256, Optional.of(PrivacyProtocol.AES_128), "*");
    SnmpUser changed =
        new SnmpUser(
            "nms",
            SnmpUser.Level.AUTH_PRIV,
            new Authentication(AuthProtocol.SHA_512, new Password("another horse")),
            Optional.of(new Privacy(PrivacyProtocol.AES_128, new Password(PRIVACY_PASSWORD))),
            ContextNames.every());

    agent.use(
        new SnmpSettings(
            settings.listen(),
            Map.of("private", ""),
            false,
            List.of(mme, changed),
            settings.engine()));

    assertThat(answer(User.MME.authPriv(), SYS_UP_TIME)).contains("Timeticks");
    assertThat(answer(User.NMS.authPriv(), SYS_UP_TIME)).doesNotContain("Timeticks");
    List<String> anew =
        replaced(
            replaced(User.NMS.authPriv(), AUTH_PASSWORD, "another horse"), "SHA-256", "SHA-512");
    assertThat(answer(anew, SNMP_ENGINE_BOOTS)).isEqualTo(boots);
    assertThat(answer(User.UNENCRYPTED.authNoPriv(), SYS_UP_TIME)).contains("Unknown user name");
    assertThat(answer(List.of("-v2c", "-c", "public"), SYS_UP_TIME)).doesNotContain("Timeticks");
    assertThat(answer(List.of("-v2c", "-c", "private"), SYS_UP_TIME)).contains("Timeticks");
  }

  private void startAgent() throws IOException {
    settings = settings(stateDir, users());
    agent = started(settings);
    tools = new NetSnmp(agent.address(), home);
  }

  private EmbeddedAgent started(SnmpSettings settings) throws IOException {
    Supplier<Snapshot> newest = snapshot::get;
    return EmbeddedAgent.start(
        settings, "1.2.3", System.nanoTime(), newest, () -> AlarmList.empty(0), List::of);
  }

  private static SnmpSettings settings(Path stateDir, List<SnmpUser> users) throws IOException {
    return new SnmpSettings(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        Map.of("public", "", "mme-1-ro", "mme-1"),
        false,
        users,
        EngineState.boot(stateDir, true));
  }

  private static List<SnmpUser> users() {
    List<SnmpUser> users = new ArrayList<>();
    for (AuthProtocol auth : AuthProtocol.values()) {
      for (PrivacyProtocol privacy : PrivacyProtocol.values()) {
        users.add(user(auth.label() + " " + privacy.label(), auth, Optional.of(privacy), "*"));
      }
    }
    users.add(user("nms", AuthProtocol.SHA_256, Optional.of(PrivacyProtocol.AES_128), "*"));
    users.add(user("mme", AuthProtocol.SHA_256, Optional.of(PrivacyProtocol.AES_128), "mme-1"));
    users.add(user("unencrypted", AuthProtocol.SHA_256, Optional.empty(), ""));
    return users;
  }

  private static SnmpUser user(
      String name, AuthProtocol auth, Optional<PrivacyProtocol> privacy, String context) {
    return new SnmpUser(
        name,
        privacy.isPresent() ? SnmpUser.Level.AUTH_PRIV : SnmpUser.Level.AUTH_NO_PRIV,
        new Authentication(auth, new Password(AUTH_PASSWORD)),
        privacy.map(p -> new Privacy(p, new Password(PRIVACY_PASSWORD))),
        ContextNames.of(Set.of(context)));
  }

  /** A manager that knows a user's passwords. */
  private record User(String name, AuthProtocol auth, PrivacyProtocol privacy) {

    static final User NMS = new User("nms", AuthProtocol.SHA_256, PrivacyProtocol.AES_128);
    static final User MME = new User("mme", AuthProtocol.SHA_256, PrivacyProtocol.AES_128);
    static final User UNENCRYPTED =
        new User("unencrypted", AuthProtocol.SHA_256, PrivacyProtocol.AES_128);

    List<String> authPriv() {
      List<String> options = new ArrayList<>(authNoPriv());
      options.set(options.indexOf("authNoPriv"), "authPriv");
      options.addAll(List.of("-x", privacyName(), "-X", PRIVACY_PASSWORD));
      return options;
    }

    List<String> authNoPriv() {
      return List.of(
          "-v3", "-u", name, "-l", "authNoPriv", "-a", auth.label(), "-A", AUTH_PASSWORD);
    }

    List<String> noAuthNoPriv() {
      return List.of("-v3", "-u", name, "-l", "noAuthNoPriv");
    }

    private String privacyName() {
      return privacy == PrivacyProtocol.AES_128 ? "AES" : privacy.label();
    }
  }

  private static List<String> in(User user, String context) {
    return with(user.authPriv(), "-n", context);
  }

  private static List<String> with(List<String> options, String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return all;
  }

  private static List<String> replaced(List<String> options, String word, String other) {
    assertThat(options).contains(word);
    return options.stream().map(option -> option.equals(word) ? other : option).toList();
  }

  private String answer(List<String> identity, String instance) {
    return tools.as(identity, "snmpget", instance).output();
  }

  private long counter(String instance) {
    String answer = answer(List.of("-v2c", "-c", "public"), instance).strip();
    return Long.parseLong(answer.substring(answer.lastIndexOf(' ') + 1));
  }

  /** The VMs of every tier, the first of them as network elements of these names. */
  private static Snapshot withElements(String... names) {
    Snapshot plain = Snapshots.ofEveryTier();
    List<NeAccount> elements = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      NeAccount ne = plain.nes().get(i);
      elements.add(new NeAccount(ne.index(), names[i], ne.sinceNs(), ne.vms(), ne.overload()));
    }
    return new Snapshot(
        plain.takenNs(),
        plain.takenEpochMillis(),
        plain.tier(),
        plain.vms(),
        elements,
        plain.hostCpu(),
        plain.pcpus(),
        plain.agent(),
        plain.limits());
  }
}
