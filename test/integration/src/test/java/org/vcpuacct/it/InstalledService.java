package org.vcpuacct.it;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openqa.selenium.json.Json;

/** The unit vcpuacct.service of a host that systemd runs, and its journal. */
final class InstalledService {

  private static final String UNIT = "vcpuacct.service";
  private static final Duration RESTART_LIMIT = Duration.ofSeconds(90);

  private final Host host;

  InstalledService(Host host) {
    this.host = host;
    Evidence.from(this, () -> host.run("journalctl", "--no-pager", "--lines=200").out());
  }

  /**
   * An entry of the journal.
   *
   * @param priority as syslog(3) numbers it
   * @param sender the program that wrote it, as the journal calls it
   * @param sinceBoot when
   */
  record Entry(int priority, String sender, Duration sinceBoot, String message) {}

  /** Runs a command of systemctl on the unit to its end. */
  Program.Result systemctl(String command) {
    return host.run("systemctl", command, UNIT);
  }

  /** Properties of the unit by name, as {@code systemctl show} has them. */
  Map<String, String> properties(String... names) {
    String list = "--property=" + String.join(",", names);
    Map<String, String> properties = new TreeMap<>();
    for (String line : host.run("systemctl", "show", list, UNIT).orFail().out().lines().toList()) {
      String[] nameAndValue = line.split("=", 2);
      properties.put(nameAndValue[0], nameAndValue[1]);
    }
    return properties;
  }

  /** The process of the daemon. */
  int pid() {
    return Integer.parseInt(properties("MainPID").get("MainPID"));
  }

  /** Sends the daemon a signal, by its name without SIG. */
  void signal(String name) {
    host.run("kill", "-" + name, Integer.toString(pid())).orFail();
  }

  /** Waits until systemd has started the daemon anew so often, and it serves. */
  void awaitRestart(int number) {
    Map<String, String> wanted =
        Map.of("NRestarts", Integer.toString(number), "ActiveState", "active");
    Await.until(
        "restart " + number,
        RESTART_LIMIT,
        () -> properties("NRestarts", "ActiveState").equals(wanted));
  }

  /** What the journal has of the unit: the daemon's own words and systemd's. */
  List<Entry> journal() {
    return host.run("journalctl", "--no-pager", "--output=json", "--unit=" + UNIT)
        .orFail()
        .out()
        .lines()
        .map(InstalledService::entry)
        .toList();
  }

  private static Entry entry(String line) {
    Map<String, Object> fields = new Json().toType(line, Json.MAP_TYPE);
    return new Entry(
        Integer.parseInt(text(fields, "PRIORITY")),
        text(fields, "SYSLOG_IDENTIFIER"),
        Duration.ofNanos(1_000 * Long.parseLong(text(fields, "__MONOTONIC_TIMESTAMP"))),
        text(fields, "MESSAGE"));
  }

  private static String text(Map<String, Object> fields, String name) {
    return String.valueOf(fields.get(name));
  }

  @Override
  public String toString() {
    return "the journal";
  }
}
