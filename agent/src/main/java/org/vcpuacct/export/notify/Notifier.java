package org.vcpuacct.export.notify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vcpuacct.alarm.log.NotificationLog;
import org.vcpuacct.export.snmp.EngineState;
import org.vcpuacct.snmp.SnmpCredentials;

/** Sends the log to all targets, each in a thread of its own: none waits for another. */
public final class Notifier implements AutoCloseable {

  private final NotificationLog log;
  private final EngineState engine;
  private final long upSinceNs;
  private final List<TargetThread> threads = new ArrayList<>();

  /**
   * One that has nobody to send to yet.
   *
   * @param log what is sent; the caller closes it, after this
   * @param engine under which traps of SNMPv3 are sent
   * @param upSinceNs CLOCK_MONOTONIC at which sysUpTime began, ns
   */
  public Notifier(NotificationLog log, EngineState engine, long upSinceNs) {
    this.log = log;
    this.engine = engine;
    this.upSinceNs = upSinceNs;
  }

  /**
   * Sends to these targets from now on. One that stays the same is not interrupted; one of the same
   * name goes on where that was.
   *
   * @param targets each of another name
   * @throws IOException if the system has no sockets left
   */
  public synchronized void use(List<NotifyTarget> targets) throws IOException {
    for (TargetThread thread : List.copyOf(threads)) {
      if (!targets.contains(thread.target())) {
        threads.remove(thread);
        thread.close();
      }
    }
    List<NotifyTarget> running = threads.stream().map(TargetThread::target).toList();
    for (NotifyTarget target : targets) {
      if (!running.contains(target)) {
        start(target);
      }
    }
  }

  private void start(NotifyTarget target) throws IOException {
    Sender sender = sender(target);
    TargetThread thread = new TargetThread(target, log.outbox(target.name()), sender);
    threads.add(thread);
    thread.start();
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
  public synchronized void close() {
    threads.forEach(TargetThread::close);
  }

  private Sender sender(NotifyTarget target) throws IOException {
    Messages messages = new Messages(target, upSinceNs);
    return switch (target.type()) {
      case TRAP -> new TrapSender(messages, engine);
      case INFORM -> new InformSender(messages);
    };
  }
}
