package org.vcpuacct.export.notify;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.alarm.log.LogLimits;
import org.vcpuacct.alarm.log.NotificationLog;
import org.vcpuacct.alarm.log.Notifications;
import org.vcpuacct.export.agentx.AgentxSettings;
import org.vcpuacct.export.agentx.AgentxSubagent;
import org.vcpuacct.export.agentx.NotifyQueue;
import org.vcpuacct.export.snmp.EngineState;
import org.vcpuacct.export.snmp.MibTables;
import org.vcpuacct.export.snmp.SnapshotViews;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.snmp.AuthProtocol;
import org.vcpuacct.snmp.Password;
import org.vcpuacct.snmp.PrivacyProtocol;
import org.vcpuacct.snmp.SnmpCredentials;

/** A process that has state changes to tell, up to a number, and can be killed. */
final class NotifyingProcess implements AutoCloseable {

  static final String PASSWORD = "only for tests";

  private static final String STARTED = "started";
  private static final long PAUSE_MS = 2;

  private final Process process;

  /**
   * Starts one.
   *
   * @param to "agentx" and its socket, or the type, "v2c" or "v3", and the port of a target
   */
  NotifyingProcess(Path stateDir, long last, Stream<String> to) throws IOException {
    List<String> words = new ArrayList<>(List.of(java(), "-cp", classPath()));
    words.addAll(List.of(NotifyingProcess.class.getName(), stateDir.toString()));
    words.add(Long.toString(last));
    words.addAll(to.toList());
    process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var reader = process.inputReader()) {
      for (String line = ""; !line.equals(STARTED); line = reader.readLine()) {
        if (line == null) {
          throw new AssertionError("it ended");
        }
      }
    }
  }

  /** Ends it as kill -9 does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  /** Tells of what comes behind the last that is in the log; ends with its standard input. */
  public static void main(String[] arguments) throws Exception {
    Path stateDir = Path.of(arguments[0]);
    long last = Long.parseLong(arguments[1]);
    NotificationLog log = NotificationLog.open(stateDir, LogLimits.defaults());
    long next = log.lastSequence() + 1;
    if (arguments[2].equals("agentx")) {
      subagent(Path.of(arguments[3]), new AgentxOutbox(log));
    } else {
      notifier(stateDir, log, arguments);
    }

    Thread teller = new Thread(() -> tell(log, next, last));
    teller.setDaemon(true);
    teller.start();
    System.out.println(STARTED);
    System.in.read();
  }

  private static void tell(NotificationLog log, long first, long last) {
    for (long sequence = first; sequence <= last; sequence++) {
      log.accept(List.of(Notifications.number(sequence)));
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void notifier(Path stateDir, NotificationLog log, String[] arguments)
      throws IOException {
    NotifyTarget target =
        new NotifyTarget(
            "nms",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[4])),
            NotifyTarget.Type.valueOf(arguments[2]),
            arguments[3].equals("v2c") ? new SnmpCredentials.Community("public") : user(),
            Duration.ofMillis(300),
            1);
    EngineState engine = EngineState.boot(stateDir, true);
    new Notifier(log, engine, System.nanoTime()).use(List.of(target));
  }

  private static SnmpCredentials user() {
    Password password = new Password(PASSWORD);
    return new SnmpCredentials.User(
        "nms",
        new SnmpCredentials.Authentication(AuthProtocol.SHA_256, password),
        Optional.of(new SnmpCredentials.Privacy(PrivacyProtocol.AES_128, password)));
  }

  private static void subagent(Path master, NotifyQueue queue) throws IOException {
    AgentxSubagent.start(
        AgentxSettings.to(UnixDomainSocketAddress.of(master)),
        "test",
        upSinceNs ->
            new SnapshotViews(
                new MibTables("test", 0, upSinceNs, () -> AlarmList.empty(0)),
                Snapshots::ofEveryTier),
        queue);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }
}
