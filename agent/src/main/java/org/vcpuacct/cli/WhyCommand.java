package org.vcpuacct.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vcpuacct why}: what the running daemon knows of the reasons for a load, in words. */
@Command(
    name = "why",
    description = {
      "Say why a network element was loaded: where its time went in a minute, what changed"
          + " against the five minutes before, and likely causes, each with its figure.",
      "Exits with 2 if the daemon does not answer, or knows nothing of that name or time."
    })
public final class WhyCommand implements Callable<Integer> {

  private static final String PATH = "/api/v1/why";

  @Mixin private DaemonOption daemonOption;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NE", description = "name of the network element")
  private String ne;

  @Option(
      names = "--at",
      defaultValue = "now",
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = "end of the minute: " + TimeOption.FORMS + " (default: ${DEFAULT-VALUE})")
  private Instant at;

  @Override
  public Integer call() throws DaemonException {
    Map<String, String> question = new LinkedHashMap<>();
    question.put("ne", ne);
    question.put("at", Long.toString(at.toEpochMilli()));
    PrintWriter out = spec.commandLine().getOut();
    out.print(new String(daemonOption.daemon().get(PATH, question), UTF_8));
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
