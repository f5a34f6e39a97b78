package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Users of SNMPv3 and the contexts of a recorded host's network elements, with net-snmp's tools.
 */
class SnmpUserIT {

  private static final String STEPS = "VCPU-ACCT-MIB::vaAgentSteps.0";
  private static final String VM_NAMES = "VCPU-ACCT-MIB::vaVmName";
  private static final String SYS_CONTACT = ".1.3.6.1.2.1.1.4.0";
  private static final String UNSUPPORTED_SEC_LEVELS = ".1.3.6.1.6.3.15.1.1.1.0";
  private static final String NOT_IN_TIME_WINDOWS = ".1.3.6.1.6.3.15.1.1.2.0";
  private static final String NOT_IN_TIME_WINDOWS_IN_BER = "060a2b060106030f01010200";
  private static final String UNKNOWN_USER_NAMES = ".1.3.6.1.6.3.15.1.1.3.0";
  private static final String WRONG_DIGESTS = ".1.3.6.1.6.3.15.1.1.5.0";
  private static final String UNKNOWN_CONTEXTS = ".1.3.6.1.6.3.12.1.5.0";
  private static final String RECORDED_HOST = "test/hosts/qemu-7.2";
  private static final String NETWORK_ELEMENT = "epc-mme";

  private static final String AUTH_PASSWORD = "correct horse";
  private static final String PRIVACY_PASSWORD = "battery staple";
  private static final int BAD_CONFIGURATION = 2;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);
  private static final long SEED = 3414;
  private static final int RANDOM_MESSAGES = 1000;

  private final ThisMachine host = new ThisMachine();
  private Path authFile;
  private String settings;
  private Daemon daemon;

  @BeforeEach
  void start() throws IOException {
    authFile = secret(AUTH_PASSWORD);
    settings = settings(authFile, secret(PRIVACY_PASSWORD));
    daemon = builder().start();
  }

  @AfterEach
  void end() {
    daemon.close();
    host.close();
  }

  @Test
  void everyToolReadsAsAUser() {
    SnmpTools nms = as(authPriv("nms"));

    assertThat(nms.get(STEPS).asLong()).isPositive();
    assertThat(as(authNoPriv("graphs")).get(STEPS).asLong()).isPositive();
    assertThat(nms.table("VCPU-ACCT-MIB::vaVmTable")).hasSize(3);
    List<String> walked = names(nms.walkByNumber("UCD-SNMP-MIB::systemStats"));
    assertThat(walked).hasSizeGreaterThan(50);
    assertThat(names(nms.bulkWalkByNumber(50, "UCD-SNMP-MIB::systemStats"))).isEqualTo(walked);
    assertThat(names(daemon.snmp().walkByNumber("UCD-SNMP-MIB::systemStats"))).isEqualTo(walked);
  }

  @Test
  void aContextShowsItsNetworkElementAlone() {
    for (List<String> reader :
        List.of(in("nms", NETWORK_ELEMENT), in("mme", NETWORK_ELEMENT), community("mme-ro"))) {
      assertThat(as(reader).walk(VM_NAMES))
          .extracting(Varbind::asText)
          .containsExactly(NETWORK_ELEMENT);
    }
  }

  @Test
  void whatIsRefusedIsReportedAndCounted() {
    assertRefused(replaced("nms", AUTH_PASSWORD, "wrong horse"), "Authentication failure");
    assertRefused(replaced("nms", "nms", "nobody"), "Unknown user name");
    assertRefused(authPriv("graphs"), "Unsupported security level");
    assertRefused(authNoPriv("nms"), "authorizationError");
    assertRefused(List.of("-v3", "-u", "nms", "-l", "noAuthNoPriv"), "authorizationError");
    assertRefused(in("nms", "nowhere"), "Bad context");
    assertRefused(in("mme", "epc,sgw"), "authorizationError");
    assertRefused(authPriv("mme"), "authorizationError");

    for (String counter :
        List.of(WRONG_DIGESTS, UNKNOWN_USER_NAMES, UNSUPPORTED_SEC_LEVELS, UNKNOWN_CONTEXTS)) {
      assertThat(counter(counter)).as(counter).isEqualTo(1);
    }
  }

  @Test
  void aSetIsRefusedAtEveryLevel() {
    for (List<String> user :
        List.of(authPriv("nms"), authNoPriv("graphs"), in("mme", NETWORK_ELEMENT))) {
      Program.Result set = as(user).trySet(SYS_CONTACT, "s", "me");
      assertThat(set.status()).isNotZero();
      assertThat(set.err()).contains("noAccess");
    }
  }

  /** What was sent in an earlier boot is not answered, though it was authentic then. */
  @Test
  void aMessageOfAnEarlierBootIsNotTakenAgain() throws IOException {
    byte[] request = recorded();
    assertThat(UdpRelay.ask(daemon.address(), request, ANSWER_LIMIT)).isPresent();

    restartAfterKill();
    long before = counter(NOT_IN_TIME_WINDOWS);
    byte[] report = UdpRelay.ask(daemon.address(), request, ANSWER_LIMIT).orElseThrow();

    assertThat(counter(NOT_IN_TIME_WINDOWS)).isEqualTo(before + 1);
    // Such a report is authenticated and not encrypted (RFC 3414 section 3.2 (7)).
    assertThat(HexFormat.of().formatHex(report)).contains(NOT_IN_TIME_WINDOWS_IN_BER);
  }

  @Test
  void aManagerFindsTheNewTimeAfterARestart() {
    try (Program poller = Program.start(pollEverySecond())) {
      Await.until("polls", LIMIT, () -> polls(poller) >= 2);
      restartAfterKill();
      long before = polls(poller);
      Await.until("polls after the restart", LIMIT, () -> polls(poller) >= before + 2);
      Figures.show(
          "a session of a manager goes on after kill -9: %s", poller.said().lines().toList());
    }
  }

  @Test
  void malformedMessagesAreDroppedAndTheLogIsShort() throws IOException {
    byte[] request = recorded();
    Random random = new Random(SEED);
    long linesBefore = daemon.log().lines().count();
    for (int length = 0; length < request.length; length++) {
      UdpRelay.send(daemon.address(), Arrays.copyOf(request, length));
    }
    for (int i = 0; i < RANDOM_MESSAGES; i++) {
      byte[] mutant = request.clone();
      mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
      UdpRelay.send(daemon.address(), mutant);
      byte[] noise = new byte[random.nextInt(1500)];
      random.nextBytes(noise);
      UdpRelay.send(daemon.address(), noise);
    }

    assertThat(as(authPriv("nms")).get(STEPS).asLong()).isPositive();
    assertThat(daemon.log().lines().count() - linesBefore).isLessThan(5);
    assertThat(daemon.log()).doesNotContain("\tat ");
  }

  @Test
  void noPasswordIsLogged() {
    assertThat(daemon.log()).doesNotContain(AUTH_PASSWORD).doesNotContain(PRIVACY_PASSWORD);
  }

  @Test
  void aPasswordThatOthersCanReadEndsTheDaemon() throws IOException {
    Files.setPosixFilePermissions(authFile, PosixFilePermissions.fromString("rw-r--r--"));
    String config = host.put("open.toml", "[snmp]\n" + settings);

    Program.Result result = run(config);

    assertThat(result.status()).isEqualTo(BAD_CONFIGURATION);
    assertThat(result.err())
        .contains("vcpuacct: " + config + ":7: snmp.user.auth-password-file: ")
        .contains("chmod o= " + authFile)
        .doesNotContain(AUTH_PASSWORD)
        .doesNotContain("\tat ");
  }

  @Test
  void aStateFolderThatCannotBeWrittenEndsTheDaemonIfThereAreUsers() throws IOException {
    Path file = Files.writeString(host.newFolder().resolve("file"), "");
    String listen = host.snmpAddress().listen();
    String config =
        host.put(
            "stateless.toml",
            "[agent]\nstate-dir = \"%s\"\n[snmp]\nlisten = \"%s\"\n%s"
                .formatted(file, listen, settings));

    Program.Result result = run(config);

    assertThat(result.status()).isEqualTo(BAD_CONFIGURATION);
    assertThat(result.err())
        .contains("vcpuacct: cannot keep the SNMP engine's identity and boots in " + file)
        .doesNotContain("\tat ");
  }

  private Daemon.Builder builder() {
    return Daemon.on(host).snmp(settings).with("--root", RECORDED_HOST);
  }

  private void restartAfterKill() {
    daemon.kill();
    daemon = builder().stateDir(daemon.stateDir()).inPlaceOf(daemon).start();
  }

  /** An authentic, encrypted GET, as somebody on the way sees it. */
  private byte[] recorded() throws IOException {
    try (UdpRelay relay = new UdpRelay(daemon.address())) {
      as(authPriv("nms")).by(relay.address()).get(STEPS);
      List<byte[]> requests = relay.requests();
      return requests.get(requests.size() - 1);
    }
  }

  private List<String> pollEverySecond() {
    List<String> words = new ArrayList<>(List.of("snmpdelta", "-m", "", "-r", "5", "-t", "1"));
    words.addAll(authPriv("nms"));
    words.addAll(List.of("-Cp", "1", daemon.address(), ".1.3.6.1.2.1.11.1.0"));
    return words;
  }

  private static long polls(Program poller) {
    return poller.out().lines().filter(line -> line.contains("/1 sec: ")).count();
  }

  private long counter(String instance) {
    return daemon.snmp().getByNumber(List.of(instance)).get(0).asLong();
  }

  private void assertRefused(List<String> identity, String complaint) {
    Program.Result result = as(identity).tryGet(STEPS);
    Figures.show("refused: %s", result.err().strip() + result.out().strip());
    assertThat(result.status()).isNotZero();
    assertThat(result.err()).contains(complaint);
  }

  private SnmpTools as(List<String> credentials) {
    return daemon.snmp().withCredentials(credentials.toArray(String[]::new));
  }

  private static List<String> names(List<Varbind> variables) {
    return variables.stream().map(Varbind::name).toList();
  }

  private static List<String> authNoPriv(String user) {
    return List.of("-v3", "-u", user, "-l", "authNoPriv", "-a", "SHA-256", "-A", AUTH_PASSWORD);
  }

  private static List<String> authPriv(String user) {
    return List.of(
        "-v3",
        "-u",
        user,
        "-l",
        "authPriv",
        "-a",
        "SHA-256",
        "-A",
        AUTH_PASSWORD,
        "-x",
        "AES",
        "-X",
        PRIVACY_PASSWORD);
  }

  private static List<String> in(String user, String context) {
    List<String> words = new ArrayList<>(authPriv(user));
    words.addAll(List.of("-n", context));
    return words;
  }

  private static List<String> community(String name) {
    return List.of("-v2c", "-c", name);
  }

  private static List<String> replaced(String user, String word, String other) {
    return authPriv(user).stream().map(w -> w.equals(word) ? other : w).toList();
  }

  private Path secret(String password) throws IOException {
    Path file = Files.writeString(host.newFolder().resolve("password"), password + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static Program.Result run(String config) {
    return Program.run(
        LIMIT, Map.of(), "", List.of("java", "-jar", Project.JAR.toString(), "run", "-c", config));
  }

  private static String settings(Path authFile, Path privacyFile) {
    return """
        [snmp.communities]
        mme-ro = "epc-mme"
        [[snmp.user]]
        name = "nms"
        auth = "SHA-256"
        auth-password-file = "AUTH"
        privacy = "AES-128"
        privacy-password-file = "PRIVACY"
        [[snmp.user]]
        name = "mme"
        auth = "SHA-256"
        auth-password-file = "AUTH"
        privacy = "AES-128"
        privacy-password-file = "PRIVACY"
        contexts = ["epc-mme"]
        [[snmp.user]]
        name = "graphs"
        auth = "SHA-256"
        auth-password-file = "AUTH"
        level = "authNoPriv"
        """
        .replace("AUTH", authFile.toString())
        .replace("PRIVACY", privacyFile.toString());
  }
}
