package org.vcpuacct.export.notify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vcpuacct.alarm.log.NotificationLog;
import org.vcpuacct.export.snmp.EngineState;
import org.vcpuacct.snmp.SnmpCredentials;

/** Sends the log to all targets, each in a thread of its own: none waits for another. */
public final class Notifier implements AutoCloseable {

  private final List<TargetThread> threads;

  private Notifier(List<TargetThread> threads) {
    this.threads = List.copyOf(threads);
  }

  /**
   * Starts sending.
   *
   * @param targets each of another name
   * @param log what is sent; the caller closes it, after this
   * @param engine under which traps of SNMPv3 are sent
   * @param upSinceNs CLOCK_MONOTONIC at which sysUpTime began, ns
   * @throws IOException if the system has no sockets left
   */
  public static Notifier start(
      List<NotifyTarget> targets, NotificationLog log, EngineState engine, long upSinceNs)
      throws IOException {
    List<TargetThread> threads = new ArrayList<>();
    for (NotifyTarget target : targets) {
      Sender sender = sender(target, engine, upSinceNs);
      threads.add(new TargetThread(target, log.outbox(target.name()), sender));
    }
    threads.forEach(TargetThread::start);
    return new Notifier(threads);
  }

  /**
   * Whether the engine's identity and boots must be kept for this target: it refuses what comes
   * from an engine whose boots or time went back (RFC 3414 section 3.2).
   */
  public static boolean needsEngine(NotifyTarget target) {
    return target.type() == NotifyTarget.Type.TRAP
        && target.credentials() instanceof SnmpCredentials.User;
  }

  @Override
  public void close() {
    threads.forEach(TargetThread::close);
  }

  private static Sender sender(NotifyTarget target, EngineState engine, long upSinceNs)
      throws IOException {
    Messages messages = new Messages(target, upSinceNs);
    return switch (target.type()) {
      case TRAP -> new TrapSender(messages, engine);
      case INFORM -> new InformSender(messages);
    };
  }
}
