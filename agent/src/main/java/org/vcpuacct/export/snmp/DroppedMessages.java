package org.vcpuacct.export.snmp;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.smi.Address;
import org.vcpuacct.log.Cause;

/**
 * Says which messages were dropped. The reason is the cause: whoever sends can have any address.
 */
final class DroppedMessages {

  private static final Logger LOG = LoggerFactory.getLogger(DroppedMessages.class);

  private DroppedMessages() {}

  /**
   * Writes a line.
   *
   * @param reason one of few, and nothing that was sent
   */
  static void say(Address peer, String reason) {
    say(peer, reason, "");
  }

  /**
   * Writes a line.
   *
   * @param detail what a decoder says of this message; empty if nothing
   */
  static void say(Address peer, String reason, String detail) {
    LOG.atWarn()
        .addKeyValue(Cause.KEY, reason)
        .log("dropped an SNMP message of {}: {}{}", peer, reason, detail);
  }
}
