package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.vcpuacct.it.InstalledService.Entry;

/**
 * The package on a host that systemd runs, from its installation to its removal. The tests are one
 * life: each begins where the one before has ended.
 */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstalledIT {

  /** What the documents call such a host. */
  static final String PLACE = "installed";

  private static final String CONFIG = "/etc/vcpuacct/vcpuacct.conf";
  private static final String STEPS = "VCPU-ACCT-MIB::vaAgentSteps.0";
  private static final String DROP_IN = "/run/systemd/system/vcpuacct.service.d";
  private static final long TIER_EXACT = 1;
  private static final int IO_EXITS = 1_000;

  /** CAP_DAC_READ_SEARCH, CAP_SYS_PTRACE and CAP_PERFMON. */
  private static final long KEPT_CAPABILITIES = 1L << 2 | 1L << 19 | 1L << 38;

  /** As short as a loaded machine under emulation bears. */
  private static final Duration WATCHDOG = Duration.ofSeconds(6);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(4);
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** What systemd-sysusers writes: the user stays, as files of it may be left. */
  private static final String USER_FILES = "/etc/((passwd|shadow|group|gshadow)-?|[.]pwd[.]lock)";

  /** Of syslog(3). */
  private static final int ERROR = 3;

  private static final int WARNING = 4;

  private static final int INFO = 6;

  private static final Map<String, Payload> GUESTS = new TreeMap<>();

  private static Lab lab;
  private static RpmPackages packages;
  private static InstalledService service;
  private static Set<String> filesBefore;
  private static Manager manager;

  /** The index of each VM. */
  private static Map<String, Integer> vms;

  /** How often systemd had to start another. */
  private static int failures;

  /** The first notification, that the network element has no VMs yet. */
  private static long firstSequence;

  @BeforeAll
  static void bootAndInstall() {
    lab = Lab.bootSystemd(LabExtension.kernel());
    service = new InstalledService(lab);
    packages = RpmPackages.build(lab);
    // What a guest's VMM has made, for a command of a document.
    sh("mkdir -p /run/guests && touch /run/guests/mme-1.sock");
    filesBefore = WrittenFiles.of(lab);
    packages.install();
    manager = new Manager(snmp("public"));
  }

  @AfterAll
  static void end() {
    if (lab != null) {
      GUESTS.values().forEach(Payload::close);
      lab.close();
    }
  }

  private static SnmpTools snmp(String community) {
    return SnmpTools.of(lab.snmpAddress().manager(), community);
  }

  private static void sh(String script) {
    lab.run("sh", "-e", "-c", script).orFail();
  }

  /** Replaces lines of the configuration, where they stand first, by others. */
  private static void configure(Map<String, String> lines) {
    String text = lab.run("cat", CONFIG).orFail().out();
    for (Map.Entry<String, String> line : lines.entrySet()) {
      assertThat(text).contains("\n" + line.getKey() + "\n");
      String pattern = "(?m)^" + Pattern.quote(line.getKey()) + "$";
      text = text.replaceFirst(pattern, Matcher.quoteReplacement(line.getValue()));
    }
    // Owner and mode stay.
    sh("cat %1$s > %2$s; rm %1$s".formatted(lab.put("edited.conf", text), CONFIG));
  }

  /** Idle but for one phase, so that the service has the host for itself. */
  private static void startGuest(String name) {
    String phase = "v0:io=%d;v1:io=%d".formatted(IO_EXITS, IO_EXITS);
    GUESTS.put(name, Payload.start(lab, name, "--vcpus", "2", "--phase", phase));
    manager.awaitRow(name, true);
  }

  /** The alarm of one condition, once it was raised; of network element epc, as all here are. */
  private static AlarmFigures alarm(int condition) {
    return Await.value(
        "alarm of condition " + condition,
        LIMIT,
        () ->
            manager.alarms().stream()
                .filter(alarm -> alarm.condition() == condition && alarm.ne().equals("epc"))
                .findFirst());
  }

  private static List<Entry> said(String sender, String words) {
    return service.journal().stream()
        .filter(entry -> entry.sender().equals(sender) && entry.message().contains(words))
        .toList();
  }

  /**
   * Accounts begin anew with the process; what managers know rows and notifications by does not.
   */
  private static void assertGoesOnWhereItWas() {
    manager.awaitNewFigures();
    assertThat(manager.vms()).isEqualTo(vms);
    assertThat(alarm(AlarmFigures.NE_WITHOUT_VMS).raisedSequence()).isEqualTo(firstSequence);
    assertThat(manager.vcpuColumn("vaVcpuTier", vms.get("sgw"), 1).asLong()).isEqualTo(TIER_EXACT);
  }

  @Test
  @Order(1)
  void theServiceStartsAndServes() {
    assertThat(packages.verify()).isEmpty();
    configure(
        Map.of(
            "#listen = \"127.0.0.1:1161\"", "listen = \"0.0.0.0:1161\"",
            "#v2c-anywhere = false", "v2c-anywhere = true",
            "#[[ne]]", "[[ne]]",
            "#name = \"epc\"", "name = \"epc\"",
            "#vms = [\"mme-*\", \"sgw\"]", "vms = [\"mme-*\", \"sgw\"]"));
    sh(
        "mkdir %1$s; printf '[Service]\\nWatchdogSec=%2$ds\\n' > %1$s/it.conf; systemctl daemon-reload"
            .formatted(DROP_IN, WATCHDOG.toSeconds()));

    service.systemctl("start").orFail();

    Map<String, String> told = service.properties("ActiveState", "Type", "NRestarts", "StatusText");
    Figures.show("installed: %s", told);
    assertThat(told)
        .containsEntry("ActiveState", "active")
        .containsEntry("Type", "notify")
        .containsEntry("NRestarts", "0");
    assertThat(told.get("StatusText")).contains("tier exact", ":1161");
    assertThat(service.systemctl("is-enabled").out()).isEqualTo("enabled\n");
    firstSequence = alarm(AlarmFigures.NE_WITHOUT_VMS).raisedSequence();
  }

  @Test
  @Order(2)
  void itMeasuresGuestsForWhoeverAsksFromOutside() {
    startGuest("mme-1");
    startGuest("sgw");
    vms = manager.vms();

    assertThat(vms).containsOnlyKeys("mme-1", "sgw");
    assertGoesOnWhereItWas();
    GUESTS.get("mme-1").runPhase();
    manager.awaitNewFigures();
    assertThat(manager.exits(vms.get("mme-1"), 0).of("io")).isEqualTo(IO_EXITS);
    assertThat(manager.ledger(vms.get("mme-1"), 0).residueNs()).isZero();
  }

  /** What the sandbox does, not what it is said to do. */
  @Test
  @Order(3)
  void theSandboxHoldsItAndTheJournalHasLevels() {
    int pid = service.pid();
    String status = lab.run("cat", "/proc/" + pid + "/status").orFail().out();
    assertThat(status)
        .containsPattern("Uid:\\s+" + userId() + "\\s")
        .containsPattern("NoNewPrivs:\\s+1\n")
        .containsPattern("Seccomp:\\s+2\n");
    assertThat(CapabilitySets.byThread(lab, pid).get("sampler"))
        .isEqualTo(CapabilitySets.forItself(KEPT_CAPABILITIES));
    String[] places = {"/etc/new", "/usr/new", "/var/new", "/sys/fs/cgroup/new", CONFIG};
    Program.Result touch = lab.run(inMountsOf(pid, "touch", places));
    assertThat(touch.err().lines())
        .hasSize(places.length)
        .allMatch(line -> line.endsWith("Read-only file system"));

    assertThat(said("vcpuacct", "the ledger runs in the kernel"))
        .hasSize(1)
        .allMatch(entry -> entry.priority() == INFO);
    assertThat(said("vcpuacct", "alarm 1 raised"))
        .hasSize(1)
        .allMatch(entry -> entry.priority() == WARNING);
  }

  private static String userId() {
    String id = lab.run("id", "--user", "vcpuacct").orFail().out().strip();
    assertThat(id).isNotEqualTo("0");
    return id;
  }

  private static String[] inMountsOf(int pid, String command, String... arguments) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("nsenter", "--target", Integer.toString(pid), "--mount", command));
    words.addAll(List.of(arguments));
    return words.toArray(String[]::new);
  }

  @TestFactory
  @Order(4)
  Stream<DynamicTest> theDocumentsCommandsRun() {
    DocumentShell shell =
        new DocumentShell(
            words -> lab.run(words.toArray(String[]::new)), Map.of(), Elsewhere.read());
    return DocumentsIT.tests(Documents.read().blocksIn(PLACE), shell);
  }

  @Test
  @Order(5)
  void aReloadTakesWhatIsNewAndGoesOnCounting() {
    Map<String, String> process = service.properties("MainPID", "NRestarts");
    int reloads = said("vcpuacct", "vcpuacct reloaded").size();
    LedgerFigures before = manager.ledger(vms.get("mme-1"), 0);
    configure(Map.of("#community = \"public\"", "community = \"private\""));

    service.systemctl("reload").orFail();

    Await.until(
        "answer to the new community", LIMIT, () -> snmp("private").tryGet(STEPS).status() == 0);
    manager = new Manager(snmp("private"));
    assertThat(snmp("public").tryGet(STEPS).status()).isNotZero();
    assertThat(service.properties("MainPID", "NRestarts")).isEqualTo(process);
    LedgerFigures after = manager.ledger(vms.get("mme-1"), 0);
    assertThat(after.wallNs()).isGreaterThan(before.wallNs());
    assertThat(manager.exits(vms.get("mme-1"), 0).of("io")).isEqualTo(IO_EXITS);
    assertThat(said("vcpuacct", "vcpuacct reloaded"))
        .hasSize(reloads + 1)
        .allMatch(e -> e.priority() == INFO);
    assertGoesOnWhereItWas();
  }

  @Test
  @Order(6)
  void aWrongConfigurationIsToldAndNotTaken() {
    configure(Map.of("#interval-ms = 1000", "interval-ms = 5"));
    service.systemctl("reload").orFail();
    Await.until("word of the fault", LIMIT, () -> !said("vcpuacct", "not reloaded").isEmpty());
    configure(Map.of("interval-ms = 5", "#interval-ms = 1000"));

    assertThat(said("vcpuacct", "agent.interval-ms")).allMatch(entry -> entry.priority() == ERROR);
    assertGoesOnWhereItWas();
  }

  @Test
  @Order(7)
  void systemdEndsADaemonThatHangsAndStartsAnother() {
    service.signal("STOP");
    service.awaitRestart(++failures);

    assertThat(said("systemd", "Watchdog timeout")).hasSize(1);
    assertGoesOnWhereItWas();
  }

  @Test
  @Order(8)
  @Tag("full")
  void systemdStartsAnotherWhenItIsKilled() {
    service.signal("KILL");
    service.awaitRestart(++failures);

    assertGoesOnWhereItWas();
  }

  @Test
  @Order(9)
  void anUpgradeKeepsConfigurationAndState() {
    String config = lab.run("cat", CONFIG).orFail().out();
    String hour = lab.run("date", "--utc", "+%FT%TZ").orFail().out().strip();
    int pid = service.pid();

    packages.upgrade();

    assertThat(service.pid()).as("a process of the newer release").isNotEqualTo(pid);
    assertThat(lab.run("cat", CONFIG).orFail().out()).isEqualTo(config);
    assertThat(lab.run("tail", "-n", "1", CONFIG + ".rpmnew").out()).isEqualTo("# Release 2.\n");
    assertGoesOnWhereItWas();
    assertThat(lab.run("vcpuacct", "export", "--from", "-10m", "--to", hour).orFail().out())
        .as("the history of the release before")
        .contains(",mme-1,");
    List<AlarmFigures> alarms = manager.alarms();
    GUESTS.get("sgw").stop();
    AlarmFigures next = alarm(AlarmFigures.VM_GONE);
    assertThat(alarms).allMatch(alarm -> alarm.raisedSequence() < next.raisedSequence());
  }

  @Test
  @Order(10)
  void removalLeavesWhatRpmPromisesAndNothingElse() {
    packages.remove();

    assertThat(said("systemd", "Failed with result")).hasSize(failures);
    Duration stopping = last("Stopping ").sinceBoot();
    Duration stopped = last("Stopped ").sinceBoot();
    Figures.show("installed: stopped within %s ms", stopped.minus(stopping).toMillis());
    assertThat(stopped.minus(stopping)).isLessThan(STOP_LIMIT);
    assertThat(lab.run("bpftool", "prog", "show").orFail().out()).doesNotContain("sched_switch");

    Set<String> left = new TreeSet<>(WrittenFiles.of(lab));
    left.removeAll(filesBefore);
    Figures.show("installed: left after removal: %s", left);
    left.removeIf(file -> file.matches(USER_FILES));
    // The folder of all packages' licences belongs to a package that Debian does not have.
    assertThat(left)
        .containsExactly(
            "/etc/vcpuacct", CONFIG + ".rpmnew", CONFIG + ".rpmsave", "/usr/share/licenses");
  }

  private static Entry last(String words) {
    List<Entry> entries = said("systemd", words);
    return entries.get(entries.size() - 1);
  }
}
