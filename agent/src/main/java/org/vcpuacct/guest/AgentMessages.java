package org.vcpuacct.guest;

import java.nio.charset.StandardCharsets;
import org.vcpuacct.json.Json;
import org.vcpuacct.json.MalformedJsonException;

/**
 * The messages of the QEMU machine protocol, as qemu-guest-agent speaks it (qmp-spec, section 2).
 */
final class AgentMessages {

  private AgentMessages() {}

  /** A command, as JSON on one line. */
  static String command(String command, String arguments) {
    return "{\"execute\":\"" + command + "\",\"arguments\":" + arguments + "}";
  }

  /**
   * What a command returned.
   *
   * @param answer the agent's message
   * @throws AgentErrorException if the answer is an error
   */
  static Json returned(String command, byte[] answer) throws GuestRefusedException {
    Json message = parse(command, answer);
    if (message.member("error").isPresent()) {
      Json error = message.member("error").get();
      throw new AgentErrorException(
          command,
          error.string("desc").or(() -> error.string("class")).orElse("an error without a word"));
    }
    return message
        .member("return")
        .orElseThrow(() -> malformed(command, "neither \"return\" nor \"error\" in it"));
  }

  /** Something that must be in an answer is not, or is not what it must be. */
  static GuestRefusedException malformed(String command, String problem) {
    return new GuestRefusedException(
        "the answer to " + command + " cannot be understood: " + problem);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Json parse(String command, byte[] answer) throws GuestRefusedException {
    try {
      return Json.parse(answer);
    } catch (MalformedJsonException e) {
      throw malformed(command, e.getMessage());
    }
  }
}
