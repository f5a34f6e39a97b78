package org.vcpuacct.guest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.json.Json;

/**
 * What to ask a guest agent for the guest's load: its own figures where it has them, else files of
 * the guest. Remembers what the agent can do for as long as all goes well. For one thread.
 */
final class AgentQuestions {

  private static final Logger LOG = LoggerFactory.getLogger(AgentQuestions.class);

  /** Since QEMU 7.1. */
  private static final String CPU_STATS = "guest-get-cpustats";

  /** Since QEMU 10.0. */
  private static final String LOAD = "guest-get-load";

  private static final int MAX_LOADAVG_BYTES = 4096;

  private final GuestSource source;
  private final AgentFile file = new AgentFile();
  private Optional<AgentCommands> known = Optional.empty();

  /**
   * @param source by way of whom the agent is asked
   */
  AgentQuestions(GuestSource source) {
    this.source = source;
  }

  /** Asks an agent. */
  GuestLoad ask(AgentChannel agent) throws GuestLoadException, InterruptedException {
    AgentCommands commands = known.isPresent() ? known.get() : AgentCommands.ask(agent);
    known = Optional.empty();
    long askedNs = System.nanoTime();
    List<GuestCpu> cpus = cpus(agent, commands);
    long atNs = askedNs + (System.nanoTime() - askedNs) / 2;
    GuestLoad load = new GuestLoad(atNs, cpus, loadAverages(agent, commands), source);
    known = Optional.of(commands);
    return load;
  }

  private List<GuestCpu> cpus(AgentChannel agent, AgentCommands commands)
      throws GuestLoadException, InterruptedException {
    if (commands.has(CPU_STATS)) {
      return cpuStats(agent.execute(CPU_STATS, "{}"));
    }
    if (commands.canReadFiles()) {
      byte[] stat = file.read(agent, GuestProcFiles.STAT, AnswerMemory.MAX_BYTES);
      return GuestProcFiles.cpus(stat);
    }
    throw new GuestRefusedException(
        "the guest agent allows neither "
            + CPU_STATS
            + " nor guest-file-read: allow one of them in the guest, or update the agent");
  }

  private static List<GuestCpu> cpuStats(Json answer) throws GuestRefusedException {
    List<Json> elements =
        answer.elements().orElseThrow(() -> AgentMessages.malformed(CPU_STATS, "not a list"));
    List<GuestCpu> cpus = new ArrayList<>(elements.size());
    for (Json element : elements) {
      cpus.add(cpu(element));
    }
    return cpus;
  }

  private static GuestCpu cpu(Json element) throws GuestRefusedException {
    OptionalLong number = element.integer("cpu");
    if (number.isEmpty() || number.getAsLong() != (int) number.getAsLong()) {
      throw AgentMessages.malformed(CPU_STATS, "a CPU without a number");
    }
    Map<GuestTime, Long> timesNs = new EnumMap<>(GuestTime.class);
    for (GuestTime time : GuestTime.values()) {
      OptionalLong ms = element.integer(time.agentName());
      if (ms.isPresent()) {
        timesNs.put(time, GuestTimes.msToNs(ms.getAsLong()));
      }
    }
    return new GuestCpu(OptionalInt.of((int) number.getAsLong()), timesNs);
  }

  /** They are an extra: a guest that does not tell them has told its load all the same. */
  private Optional<LoadAverages> loadAverages(AgentChannel agent, AgentCommands commands)
      throws GuestLoadException, InterruptedException {
    try {
      if (commands.has(LOAD)) {
        return load(agent.execute(LOAD, "{}"));
      }
      if (commands.canReadFiles()) {
        byte[] loadavg = file.read(agent, GuestProcFiles.LOADAVG, MAX_LOADAVG_BYTES);
        return Optional.of(GuestProcFiles.loadAverages(loadavg));
      }
    } catch (AgentErrorException e) {
      LOG.debug("no load averages: {}", e.getMessage());
    }
    return Optional.empty();
  }

  private static Optional<LoadAverages> load(Json answer) {
    Optional<Double> one = answer.member("load1m").flatMap(Json::number);
    Optional<Double> five = answer.member("load5m").flatMap(Json::number);
    Optional<Double> fifteen = answer.member("load15m").flatMap(Json::number);
    return one.isPresent() && five.isPresent() && fifteen.isPresent()
        ? Optional.of(new LoadAverages(one.get(), five.get(), fifteen.get()))
        : Optional.empty();
  }
}
