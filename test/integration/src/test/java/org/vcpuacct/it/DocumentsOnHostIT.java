package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The documents' commands on a KVM host with two guests, where the daemon has the files of an
 * installed one, and those of a manager that reads it: from the daemon, and from the host's snmpd.
 */
@LabTest
class DocumentsOnHostIT {

  /** Where the daemon and its guests run. */
  static final String HOST = "host";

  /** Where net-snmp's tools are. */
  static final String MANAGER = "manager";

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int GUESTS = 2;
  private static final int SNMPD_PORT = 1610;

  /** The port of this machine that leads there. */
  private static final int SNMPD_PORT_HERE = ThisMachine.freeUdpPort();

  private static final String STATE = "/var/lib/vcpuacct";
  private static final String CLONE = "/run/clone";

  /**
   * What the documents suppose beside the defaults; an exit in the lab is long enough for an alarm.
   */
  private static final String SETTINGS =
      """
      [snmp.communities]
      "mme-1-ro" = "mme-1"
      [[snmp.user]]
      name = "nms"
      auth = "SHA-256"
      auth-password-file = "/etc/vcpuacct/nms.auth"
      privacy = "AES-128"
      privacy-password-file = "/etc/vcpuacct/nms.privacy"
      [agentx]
      [overload.feed]
      group = "root"
      [alarm.overhead]
      raise-percent = 3
      clear-percent = 1
      raise-hold-ms = 0
      """;

  /** The daemon's files where the package has them, and a clone in which files can be written. */
  private static final String INSTALL =
      """
      mkdir -p /etc/vcpuacct /run/vcpuacct /var/agentx %1$s %2$s
      ln -sf %1$s/http.sock /run/vcpuacct/http.sock
      ln -sf /run/vcpuacct.conf /etc/vcpuacct/vcpuacct.conf
      (umask 077 && echo PASSWORD > /etc/vcpuacct/nms.auth && echo PASSWORD > /etc/vcpuacct/nms.privacy)
      ln -sf %3$s/* %2$s
      printf '#!/bin/sh\\nexec %4$s "$@"\\n' > /usr/local/bin/vcpuacct
      chmod +x /usr/local/bin/vcpuacct
      """;

  private static final String REMOVE =
      "rm -rf %s %s /etc/vcpuacct /run/vcpuacct /usr/local/bin/vcpuacct";

  private static final Documents DOCUMENTS = Documents.read();

  private static Lab host;
  private static Payload mme;
  private static Payload sgw;
  private static Daemon daemon;
  private static HostProgram snmpd;

  @BeforeAll
  static void start(Lab lab) {
    host = lab;
    shell(INSTALL.formatted(STATE, CLONE, Project.ROOT, String.join(" ", Vcpuacct.words(lab))));
    snmpd = startSnmpd();
    daemon =
        Daemon.on(lab).stateDir(STATE).http().snmp(SETTINGS).through("taskset", "-c", "0").start();
    mme = guest("mme-1", "--pin", "2", "--phase", "v0:idle=500000;v1:idle=500000");
    sgw = guest("sgw", "--pin", "1", "--phase", "v0:io=3000,hlt=2000:200000;v1:idle=500000");
  }

  private static Payload guest(String name, String... options) {
    List<String> words = Stream.concat(Stream.of("--vcpus", "2"), Stream.of(options)).toList();
    Payload guest = Payload.start(host, name, words.toArray(String[]::new));
    daemon.manager().awaitRow(name, true);
    guest.beginPhase();
    return guest;
  }

  /** As docs/snmpd.md has it, and otherwise as Debian does. */
  private static HostProgram startSnmpd() {
    StringBuilder config = new StringBuilder("rocommunity public default -V systemonly\n");
    DOCUMENTS.blocks().stream()
        .filter(block -> block.language().equals("snmpd.conf"))
        .flatMap(block -> block.lines().stream())
        .forEach(line -> config.append(line).append('\n'));
    String file = host.put("snmpd.conf", config.toString());
    host.script(List.of("forward", "udp", SNMPD_PORT_HERE + ":" + SNMPD_PORT));
    String address = "udp:0.0.0.0:" + SNMPD_PORT;
    String path = "PATH=" + System.getenv("PATH") + ":/usr/sbin";
    return HostProgram.start(
        "snmpd",
        host,
        List.of(
            "env",
            "MIBS=",
            path,
            "SNMP_PERSISTENT_DIR=/run/snmpd",
            "snmpd",
            "-f",
            "-C",
            "-c",
            file,
            "-LOw",
            "-I",
            "-smux",
            address));
  }

  @AfterAll
  static void end() {
    sgw.close();
    mme.close();
    daemon.close();
    snmpd.close();
    shell(REMOVE.formatted(STATE, CLONE));
  }

  private static void shell(String script) {
    host.run("bash", "-ec", script).orFail();
  }

  @TestFactory
  Stream<DynamicTest> commandsOfAHostRun() {
    Map<String, String> times = new LinkedHashMap<>();
    times.put("-10m\\b", "-20s");
    times.put("\\b14:30\\b", "\\$(date -d '-20 sec' +%T)");
    times.put("\\b14:35\\b", "now");
    times.put("2026-05-01T14:30:00Z", "\\$(date -u -d '-20 sec' +%FT%TZ)");
    times.put("2026-05-01T14:35:00Z", "now");
    DocumentShell shell = new DocumentShell(DocumentsOnHostIT::onHost, times, Elsewhere.read());
    return DocumentsIT.tests(DOCUMENTS.blocksIn(HOST), shell);
  }

  private static Program.Result onHost(List<String> words) {
    List<String> inClone =
        List.of("env", "-C", CLONE, "PATH=/usr/local/bin:" + System.getenv("PATH"));
    return host.run(Stream.concat(inClone.stream(), words.stream()).toArray(String[]::new));
  }

  @Test
  void aTunnelLeadsToThePage() {
    int port = ThisMachine.freeTcpPort();
    String here = "localhost:" + port;
    List<String> ssh =
        host.ssh("-N", "-o", "ExitOnForwardFailure=yes", "-L", port + ":localhost:9464");
    try (Program tunnel = Program.start(ssh)) {
      Await.until("an answer through the tunnel", LIMIT, () -> answers("http://" + here + "/"));
      assertThat(tunnel.isRunning()).isTrue();
    }
  }

  private static boolean knowsAMinute() {
    return daemon.snmp().walk("VCPU-ACCT-MIB::vaNeLoad1Min").size() == GUESTS;
  }

  private static boolean answers(String page) {
    return Program.run(LIMIT, "curl", "-sf", "-o", "/dev/null", page).status() == 0;
  }

  @TestFactory
  Stream<DynamicTest> commandsOfAManagerRun() {
    Await.until("a minute of figures", LIMIT, DocumentsOnHostIT::knowsAMinute);
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("\\b(HOST|127\\.0\\.0\\.1):1161\\b", daemon.address());
    addresses.put("\\bHOST\\b", "127.0.0.1:" + SNMPD_PORT_HERE);
    String mibDirs = Program.run(LIMIT, Project.file("test/mib/mibdirs")).orFail().out().strip();
    Map<String, String> mibs = Map.of("MIBDIRS", mibDirs, "MIBS", "VCPU-ACCT-MIB:UCD-SNMP-MIB");
    DocumentShell shell =
        new DocumentShell(
            words -> Program.run(LIMIT, mibs, "", words), addresses, Elsewhere.read());
    return DocumentsIT.tests(DOCUMENTS.blocksIn(MANAGER), shell);
  }
}
