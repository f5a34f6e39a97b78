package org.vcpuacct.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers each command with a text, as an agent that is well; by default as QEMU 10.0's. */
final class ScriptedAgent implements FakeAgent.Script {

  static final String CPU_STATS =
      "[{\"type\":\"linux\",\"cpu\":0,\"user\":1000,\"nice\":20,\"system\":300,\"idle\":40000,"
          + "\"iowait\":50,\"irq\":6,\"softirq\":7,\"steal\":800,\"guest\":9,\"guestnice\":1},"
          + "{\"type\":\"linux\",\"cpu\":1,\"user\":5,\"system\":6,\"idle\":7}]";

  private final Map<String, String> answers = new LinkedHashMap<>();

  ScriptedAgent() {
    returns("guest-get-cpustats", CPU_STATS);
    returns("guest-get-load", "{\"load1m\":0.5,\"load5m\":0.25,\"load15m\":1}");
  }

  /** An agent without these commands, as if they were not compiled in or not allowed. */
  ScriptedAgent without(String... commands) {
    for (String command : commands) {
      answers.remove(command);
    }
    return this;
  }

  /** What a command returns. */
  ScriptedAgent returns(String command, String json) {
    return answers(command, "{\"return\":" + json + "}\n");
  }

  /** What the agent writes after a command. */
  ScriptedAgent answers(String command, String bytes) {
    answers.put(command, bytes);
    return this;
  }

  @Override
  public void answer(String command, OutputStream out) throws IOException, InterruptedException {
    FakeAgent.synchronised(this::carryOut).answer(command, out);
  }

  private void carryOut(String command, OutputStream out) throws IOException {
    String name = command.replaceFirst("\\{\"execute\":\"([a-z-]+)\".*", "$1");
    String answer = name.equals("guest-info") ? info() : answers.get(name);
    FakeAgent.send(
        out,
        answer != null
            ? answer
            : "{\"error\":{\"class\":\"CommandNotFound\",\"desc\":\"Command "
                + name
                + " has been disabled\"}}\n");
  }

  private String info() {
    if (answers.containsKey("guest-info")) {
      return answers.get("guest-info");
    }
    StringBuilder commands = new StringBuilder();
    for (String name : answers.keySet()) {
      commands.append("{\"enabled\":true,\"name\":\"").append(name).append("\"},");
    }
    return "{\"return\":{\"version\":\"10.0\",\"supported_commands\":["
        + commands
        + "{\"enabled\":false,\"name\":\"guest-exec\",\"success-response\":true}]}}\n";
  }
}
