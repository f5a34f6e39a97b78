package org.vcpuacct.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vcpuacct.config.ConfigException;
import org.vcpuacct.history.Period;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vcpuacct export}: what is held of the past, one row a vCPU and step. */
@Command(
    name = "export",
    description = {
      "Print what is held of the past, one row a vCPU and second.",
      "It reads the state folder: the daemon may run, or not."
    })
public final class ExportCommand implements Callable<Integer> {

  @Mixin private ConfigOption configOption;
  @Spec private CommandSpec spec;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = "where to begin: " + TimeOption.FORMS)
  private Instant from;

  @Option(
      names = "--to",
      defaultValue = "now",
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = "where to end (default: ${DEFAULT-VALUE})")
  private Instant to;

  @Option(
      names = "--ne",
      paramLabel = "NAME",
      description = "the only network element to print; all without it")
  private String ne;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      converter = FormatConverter.class,
      description = "csv or json, an object a line (default: ${DEFAULT-VALUE})")
  private ExportFormat format;

  private final List<ExportColumn> columns = ExportColumn.all();
  private boolean begun;

  @Override
  public Integer call() throws ConfigException, HistoryException, IOException {
    HeldHistory held = new HeldHistory(configOption.read().agent().stateDir());
    held.require(from, to);
    PrintWriter out = new PrintWriter(spec.commandLine().getOut(), false);
    held.history()
        .forEachStep(
            Optional.ofNullable(ne),
            from.toEpochMilli(),
            to.toEpochMilli(),
            step -> print(step, out));
    out.flush();
    if (!begun && ne != null) {
      throw held.unknown(ne, from, to);
    }
    return out.checkError() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
  }

  private void print(Period step, PrintWriter out) {
    ExportRow.of(
        step,
        row -> {
          if (!begun) {
            format.header(columns).ifPresent(header -> print(header, out));
            begun = true;
          }
          print(format.line(columns, row), out);
        });
  }

  // Not println: on a terminal's writer that would be a system call a line.
  private static void print(String line, PrintWriter out) {
    out.print(line);
    out.print('\n');
  }

  /** The word for a format, in lower case. */
  private static final class FormatConverter implements CommandLine.ITypeConverter<ExportFormat> {
    @Override
    public ExportFormat convert(String word) {
      for (ExportFormat format : ExportFormat.values()) {
        if (format.name().toLowerCase(Locale.ROOT).equals(word)) {
          return format;
        }
      }
      throw new CommandLine.TypeConversionException("'" + word + "' is neither csv nor json");
    }
  }
}
