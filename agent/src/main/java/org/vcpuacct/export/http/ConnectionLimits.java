package org.vcpuacct.export.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;

/**
 * Bounds how many connections there are, and for how long a connection may be there without getting
 * an answer whole: whoever sends or reads slowly, or has nothing more to ask, is dropped.
 */
final class ConnectionLimits implements Connection.Listener {

  private final int maxConnections;
  private final long maxSilenceNs;
  private final Map<Connection, Long> answeredNs = new ConcurrentHashMap<>();

  /**
   * Limits of one listener.
   *
   * @param maxSilenceNs longest time from one answer to the end of the next, ns
   */
  ConnectionLimits(int maxConnections, long maxSilenceNs) {
    this.maxConnections = maxConnections;
    this.maxSilenceNs = maxSilenceNs;
  }

  @Override
  public void onOpened(Connection connection) {
    answeredNs.put(connection, System.nanoTime());
    if (answeredNs.size() > maxConnections) {
      connection.close();
    }
  }

  @Override
  public void onClosed(Connection connection) {
    answeredNs.remove(connection);
  }

  /** Notes that the connection got an answer whole. */
  void answered(Connection connection) {
    answeredNs.computeIfPresent(connection, (known, before) -> System.nanoTime());
  }

  /** Drops those whose time is over. */
  void dropSilent() {
    long nowNs = System.nanoTime();
    answeredNs.forEach(
        (connection, sinceNs) -> {
          if (nowNs - sinceNs > maxSilenceNs) {
            connection.close();
          }
        });
  }
}
