package org.vcpuacct.guest;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.vcpuacct.json.Json;

/**
 * The commands that an agent carries out, by its guest-info. Immutable.
 *
 * @param enabled names of the commands
 */
record AgentCommands(Set<String> enabled) {

  private static final String COMMAND = "guest-info";
  private static final Set<String> FILE_COMMANDS =
      Set.of("guest-file-open", "guest-file-read", "guest-file-close");

  AgentCommands {
    enabled = Set.copyOf(enabled);
  }

  /** Asks an agent. */
  static AgentCommands ask(AgentChannel agent) throws GuestLoadException, InterruptedException {
    List<Json> commands =
        agent
            .execute(COMMAND, "{}")
            .member("supported_commands")
            .flatMap(Json::elements)
            .orElseThrow(() -> AgentMessages.malformed(COMMAND, "no supported_commands"));
    return new AgentCommands(
        commands.stream()
            .filter(command -> command.member("enabled").flatMap(Json::bool).orElse(true))
            .flatMap(command -> command.string("name").stream())
            .collect(Collectors.toSet()));
  }

  boolean has(String command) {
    return enabled.contains(command);
  }

  /** Whether files of the guest can be read, and closed afterwards. */
  boolean canReadFiles() {
    return enabled.containsAll(FILE_COMMANDS);
  }
}
