package org.vcpuacct.it;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** net-snmp's snmptrapd on this machine: a manager that takes notifications of SNMPv2c. */
final class Snmptrapd implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final String COMMUNITY = "nms";

  /** snmpTrapOID.0 and vaAlarmSequence, in one line for each notification. */
  private static final Pattern NOTIFICATION =
      Pattern.compile(
          "\\.1\\.3\\.6\\.1\\.6\\.3\\.1\\.1\\.4\\.1\\.0 = \\.1\\.3\\.6\\.1\\.4\\.1\\.2021\\.11\\.200"
              + "\\.0\\.(\\d+)\\t.*\\.200\\.8\\.1\\.3\\.\\d+ = (\\d+)\\t");

  /**
   * What it received.
   *
   * @param type last number of the notification's name in VCPU-ACCT-MIB
   * @param sequence vaAlarmSequence
   */
  record Notification(int type, long sequence) {}

  private final int port = ThisMachine.freeUdpPort();
  private final HostProgram program;

  private Snmptrapd(ThisMachine host) {
    String config =
        host.put("snmptrapd-" + port + ".conf", "authCommunity log " + COMMUNITY + "\n");
    program =
        HostProgram.start(
            "snmptrapd",
            host,
            List.of(
                "env",
                "MIBS=",
                "PATH=" + System.getenv("PATH") + ":/usr/sbin",
                "SNMP_PERSISTENT_DIR=" + host.newFolder(),
                "snmptrapd",
                "-f",
                "-C",
                "-c",
                config,
                "-Lo",
                "-OnQ",
                "-F",
                "%v\t\n",
                "udp:127.0.0.1:" + port));
  }

  /** Starts one and waits until it listens. */
  static Snmptrapd start(ThisMachine host) {
    Snmptrapd manager = new Snmptrapd(host);
    manager.program.awaitLine(START_LIMIT, Pattern.compile("NET-SNMP version .*"));
    return manager;
  }

  /** A section {@code [[notify]]} by which the daemon tells it, by traps or by informs. */
  String target(String type) {
    return """
        [[notify]]
        name = "%s"
        type = "%s"
        address = "127.0.0.1:%d"
        community = "%s"
        """
        .formatted(type, type, port, COMMUNITY);
  }

  /** A line of snmpd's configuration by which that sends on what it is handed. */
  String sink() {
    return "trap2sink 127.0.0.1 " + COMMUNITY + " " + port;
  }

  /** What it has received so far, in that order. */
  List<Notification> received() {
    return NOTIFICATION
        .matcher(program.said())
        .results()
        .map(one -> new Notification(Integer.parseInt(one.group(1)), Long.parseLong(one.group(2))))
        .toList();
  }

  @Override
  public void close() {
    program.close();
  }
}
