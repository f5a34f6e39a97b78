package org.vcpuacct;

import org.vcpuacct.cli.CheckCommand;
import org.vcpuacct.cli.ExportCommand;
import org.vcpuacct.cli.Fatal;
import org.vcpuacct.cli.RunCommand;
import org.vcpuacct.cli.ShowCommand;
import org.vcpuacct.cli.VersionProvider;
import org.vcpuacct.cli.WhyCommand;
import org.vcpuacct.cli.top.TopCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code vcpuacct}. */
@Command(
    name = "vcpuacct",
    description = "Per-vCPU time and exit accounting for KVM hosts.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    subcommands = {
      RunCommand.class,
      TopCommand.class,
      ShowCommand.class,
      WhyCommand.class,
      CheckCommand.class,
      ExportCommand.class
    })
public final class Main {

  private Main() {}

  /**
   * Runs a command.
   *
   * <p>Exit status: 0 done, 1 failed, 2 the command line or the configuration cannot be used.
   */
  public static void main(String[] args) {
    int status = commandLine().execute(args);
    // A daemon that was asked to end has ended then, and the JVM waits for this thread: in vain, if
    // it waited in exit() for the JVM.
    if (status != 0) {
      System.exit(status);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main()).setExecutionExceptionHandler(new Fatal());
  }
}
