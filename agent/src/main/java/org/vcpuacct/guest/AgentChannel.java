package org.vcpuacct.guest;

import org.vcpuacct.json.Json;

/** A way to qemu-guest-agent on which commands are given one after the other. */
interface AgentChannel {

  /**
   * Gives a command and waits for its answer.
   *
   * @param command for example {@code guest-file-close}
   * @param arguments a JSON object, for example {@code {"handle":1000}}
   * @return what the command returned
   * @throws AgentErrorException if the agent answered with an error; the channel is in order
   */
  Json execute(String command, String arguments) throws GuestLoadException, InterruptedException;
}
