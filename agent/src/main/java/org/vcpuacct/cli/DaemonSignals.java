package org.vcpuacct.cli;

import org.jline.utils.Signals;

/** What the daemon is told by signals: to reload its configuration (SIGHUP), and to end. */
final class DaemonSignals {

  private static final long SHUTDOWN_MS = 5_000;

  private boolean reload;
  private boolean end;

  private DaemonSignals() {}

  /** Takes SIGHUP from now on, which would end the process. It is kept until it is awaited. */
  static DaemonSignals take() {
    DaemonSignals signals = new DaemonSignals();
    Signals.register("HUP", signals::reload);
    return signals;
  }

  private synchronized void reload() {
    reload = true;
    notifyAll();
  }

  private synchronized void end() {
    end = true;
    notifyAll();
  }

  /**
   * Waits for a signal. Those to reload that come while nobody waits are one.
   *
   * @return true to reload, false to end
   */
  synchronized boolean awaitReload() throws InterruptedException {
    while (!reload && !end) {
      wait();
    }
    reload = false;
    return !end;
  }

  /** Has SIGTERM and SIGINT end the calling thread in its own time: the JVM waits for it. */
  void endThisThread() {
    Thread daemon = Thread.currentThread();
    // The JVM ends when its shutdown hooks have: this one waits until the daemon has closed.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  end();
                  join(daemon);
                },
                "shutdown"));
  }

  private static void join(Thread thread) {
    try {
      thread.join(SHUTDOWN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
