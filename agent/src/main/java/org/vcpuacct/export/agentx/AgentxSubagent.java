package org.vcpuacct.export.agentx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.export.snmp.ContextViews;

/**
 * Serves the daemon's figures through the host's own SNMP agent, by AgentX (RFC 2741). A master
 * that is not there, goes away or does not answer is tried again for as long as this is not closed.
 */
public final class AgentxSubagent implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AgentxSubagent.class);

  /** Longer than it takes to say goodbye to a master. */
  private static final long END_MS = 2_000;

  private final AgentxSettings settings;
  private final String version;
  private final LongFunction<ContextViews> viewsByUptime;
  private final NotifyQueue queue;
  private final Timing timing;
  private final MasterUptime uptime = new MasterUptime();
  private final Selector selector;
  private final Thread thread;
  private volatile boolean ending;

  private AgentxSubagent(
      AgentxSettings settings,
      String version,
      LongFunction<ContextViews> viewsByUptime,
      NotifyQueue queue,
      Timing timing)
      throws IOException {
    this.settings = settings;
    this.version = version;
    this.viewsByUptime = viewsByUptime;
    this.queue = queue;
    this.timing = timing;
    this.selector = Selector.open();
    this.thread = new Thread(this::run, "agentx");
    thread.setDaemon(true);
  }

  /**
   * Starts a subagent; whether its master is there is no matter.
   *
   * @param settings where the master is, and what is registered with it
   * @param version the daemon's version
   * @param viewsByUptime the trees as an agent serves them whose sysUpTime began at an instant of
   *     CLOCK_MONOTONIC, in ns; called once a session
   * @param queue what the master is to be notified of; asked by this subagent's thread only
   * @throws IOException if the system has no descriptors left
   */
  public static AgentxSubagent start(
      AgentxSettings settings,
      String version,
      LongFunction<ContextViews> viewsByUptime,
      NotifyQueue queue)
      throws IOException {
    return start(settings, version, viewsByUptime, queue, Timing.STANDARD);
  }

  static AgentxSubagent start(
      AgentxSettings settings,
      String version,
      LongFunction<ContextViews> viewsByUptime,
      NotifyQueue queue,
      Timing timing)
      throws IOException {
    AgentxSubagent subagent = new AgentxSubagent(settings, version, viewsByUptime, queue, timing);
    queue.onArrival(subagent::wake);
    subagent.thread.start();
    return subagent;
  }

  /** The master's address, as the configuration names it. */
  public String master() {
    return settings.masterText();
  }

  /** Closes the session, so that the master drops the subtrees at once, and ends the thread. */
  @Override
  public void close() {
    synchronized (this) {
      ending = true;
      selector.wakeup();
    }
    try (selector) {
      thread.join(END_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** There may be something to send; the selector may be closed when this has ended. */
  private synchronized void wake() {
    if (!ending) {
      selector.wakeup();
    }
  }

  private void run() {
    try {
      long pauseNs = timing.firstPauseNs();
      while (!ending) {
        if (serveOneSession()) {
          pauseNs = timing.firstPauseNs();
        }
        if (!ending) {
          selector.select(TimeUnit.NANOSECONDS.toMillis(pauseNs));
        }
        pauseNs = Math.min(2 * pauseNs, timing.longestPauseNs());
      }
    } catch (IOException e) {
      LOG.error("the AgentX subagent has ended: {}", e.getMessage(), e);
    }
  }

  /** Serves one session to its end; false if none could be opened. */
  private boolean serveOneSession() {
    String master = settings.masterText();
    try (Connection connection = Connection.open(settings.master(), selector, timing.answerNs())) {
      return serve(new Session(connection, timing, () -> ending));
    } catch (IOException e) {
      LOG.warn(
          "no AgentX master at {}: {}; write \"master agentx\" and \"agentXSocket {}\" in"
              + " snmpd.conf, or correct agentx.master; it is tried again",
          master,
          e.getMessage(),
          master);
      return false;
    }
  }

  private boolean serve(Session session) {
    boolean opened = false;
    CloseReason reason = CloseReason.SHUTDOWN;
    try {
      long beganNs = uptime.beganNs(session.open("vcpuacct " + version), System.nanoTime());
      opened = true;
      LOG.info("AgentX session with {} is open", settings.masterText());
      session.serve(
          viewsByUptime.apply(beganNs), new Registrations(settings, timing.refusedNs()), queue);
    } catch (IOException | RuntimeException e) { // a fault of one session must not end the thread
      reason = reason(e);
      lost(e);
    }
    close(session, reason);
    return opened;
  }

  private CloseReason reason(Exception e) {
    if (ending) {
      return CloseReason.SHUTDOWN;
    }
    if (e instanceof MalformedPduException) {
      return CloseReason.PARSE_ERROR;
    }
    return e instanceof SocketTimeoutException ? CloseReason.TIMEOUTS : CloseReason.OTHER;
  }

  private void lost(Exception e) {
    if (!ending) {
      String problem = e instanceof IOException ? e.getMessage() : e.toString();
      LOG.warn(
          "AgentX session with {} is lost: {}; a new one is opened",
          settings.masterText(),
          problem);
    }
  }

  private static void close(Session session, CloseReason reason) {
    try {
      session.close(reason);
    } catch (IOException e) {
      LOG.debug("the AgentX master could not be told {}: {}", reason, e.getMessage());
    }
  }
}
