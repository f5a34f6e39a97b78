package org.vcpuacct.export.notify;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.vcpuacct.snmp.SnmpCredentials;

/**
 * An SNMP manager that is told of alarms.
 *
 * @param name of this target, by which what it was sent is remembered
 * @param address UDP address and port
 * @param type how it is told
 * @param credentials who we are to it
 * @param timeout how long it may take to acknowledge an inform
 * @param retries how often an inform is sent again at once; after that, with growing pauses
 */
public record NotifyTarget(
    String name,
    InetSocketAddress address,
    Type type,
    SnmpCredentials credentials,
    Duration timeout,
    int retries) {

  /** How a target is told: SnmpNotifyType (RFC 3413 section 4.2). */
  public enum Type {
    /** Sent once, not acknowledged. */
    TRAP("trap"),
    /** Sent until it is acknowledged. */
    INFORM("inform");

    private final String label;

    Type(String label) {
      this.label = label;
    }

    /** As the configuration writes it. */
    public String label() {
      return label;
    }
  }

  @Override
  public String toString() {
    return name + " (" + type.label() + " to " + address + ")";
  }
}
