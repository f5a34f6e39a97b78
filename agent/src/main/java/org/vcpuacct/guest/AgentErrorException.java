package org.vcpuacct.guest;

/** qemu-guest-agent answered a command with an error; the connection is in order. */
final class AgentErrorException extends GuestRefusedException {

  private static final long serialVersionUID = 1L;

  /**
   * @param description the agent's own words
   */
  AgentErrorException(String command, String description) {
    super("the guest agent refused " + command + ": " + description);
  }
}
