package org.vcpuacct.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * net-snmp's snmpd as an AgentX master on this machine, with a configuration of its own: it reads
 * and writes no file of the system.
 */
final class Snmpd implements AutoCloseable {

  private static final Duration END_LIMIT = Duration.ofSeconds(30);
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final String WRITER = "writer";

  private final ThisMachine host;
  private final Path folder;
  private final String master;
  private final String address;
  private final String moreConfig;
  private HostProgram program;

  private Snmpd(ThisMachine host, String master, String moreConfig) {
    this.host = host;
    this.moreConfig = moreConfig;
    this.folder = host.newFolder();
    this.master = master.isEmpty() ? folder.resolve("master").toString() : master;
    this.address = "127.0.0.1:" + ThisMachine.freeUdpPort();
  }

  /** Starts one that listens for subagents on a Unix-domain socket, and waits until it answers. */
  static Snmpd start(ThisMachine host) {
    return startWith(host, "", "");
  }

  /** Starts one that sends on what it is handed to a manager, and waits until it answers. */
  static Snmpd startWithManager(ThisMachine host, Snmptrapd manager) {
    return startWith(host, "", manager.sink());
  }

  /** Starts one that listens for subagents on a port, and waits until it answers. */
  static Snmpd startOnTcp(ThisMachine host, int port) {
    return startWith(host, "tcp:127.0.0.1:" + port, "");
  }

  private static Snmpd startWith(ThisMachine host, String master, String moreConfig) {
    Snmpd snmpd = new Snmpd(host, master, moreConfig);
    snmpd.restart();
    Await.until("answer of snmpd", START_LIMIT, snmpd::answers);
    return snmpd;
  }

  /** Starts it again, once it has ended, and does not wait for it. */
  void restart() {
    String config =
        host.put(
            "snmpd.conf",
            """
            master agentx
            agentXSocket %s
            agentAddress udp:%s
            rocommunity public 127.0.0.1
            rwcommunity %s 127.0.0.1
            createUser reader SHA-256 "authentication" AES "confidential"
            group readers usm reader
            view all included .1
            access readers "" usm priv prefix all none none
            dontLogTCPWrappersConnects yes
            %s
            """
                .formatted(master, address, WRITER, moreConfig));
    program =
        HostProgram.start(
            "snmpd",
            host,
            List.of(
                "env",
                "MIBS=",
                "PATH=" + System.getenv("PATH") + ":/usr/sbin",
                "SNMP_PERSISTENT_DIR=" + folder,
                "snmpd",
                "-f",
                "-C",
                "-c",
                config,
                "-LOw",
                "-I",
                "-smux"));
  }

  /** Where subagents find it, as the daemon's configuration names it. */
  String master() {
    return master;
  }

  /** The tools, pointed at it, in the default context. */
  SnmpTools snmp() {
    return SnmpTools.of(address, "public");
  }

  /** The tools with a community that may write. */
  SnmpTools writer() {
    return snmp().withCommunity(WRITER);
  }

  /** The tools in another context, by SNMPv3. */
  SnmpTools inContext(String context) {
    return snmp()
        .withCredentials(
            "-v3",
            "-u",
            "reader",
            "-l",
            "authPriv",
            "-n",
            context,
            "-a",
            "SHA-256",
            "-A",
            "authentication",
            "-x",
            "AES",
            "-X",
            "confidential");
  }

  /** Whether it answers for its own objects. */
  boolean answers() {
    return snmp().tryGet("UCD-SNMP-MIB::ssCpuNumCpus.0").status() == 0;
  }

  /** Whether the daemon's subtree is there. */
  boolean servesTheDaemon() {
    Program.Result result = snmp().tryGet("VCPU-ACCT-MIB::vaAgentVersion.0");
    return result.status() == 0 && !result.out().contains("No Such");
  }

  /** Sends a signal, by its name without SIG. */
  void signal(String name) {
    program.signal(name);
  }

  /** Ends it with SIGKILL: it can do nothing more. */
  void kill() {
    program.signal("KILL");
    program.await(END_LIMIT);
    program.close();
  }

  @Override
  public void close() {
    program.close();
  }
}
