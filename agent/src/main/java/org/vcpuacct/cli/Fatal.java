package org.vcpuacct.cli;

import java.io.PrintWriter;
import org.vcpuacct.config.ConfigException;
import org.vcpuacct.export.http.HttpServerException;
import org.vcpuacct.export.snmp.EngineStateException;
import org.vcpuacct.export.snmp.ListenException;
import org.vcpuacct.overload.feed.FeedException;
import org.vcpuacct.state.InUseException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What a command cannot go on after: one line on standard error, and an exit status. */
public final class Fatal implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    if (!isOperatorsToMend(failure)) {
      throw failure;
    }
    PrintWriter err = command.getErr();
    err.println("vcpuacct: " + failure.getMessage());
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  private static boolean isOperatorsToMend(Exception failure) {
    return failure instanceof ConfigException
        || failure instanceof ListenException
        || failure instanceof EngineStateException
        || failure instanceof InUseException
        || failure instanceof FeedException
        || failure instanceof HttpServerException
        || failure instanceof DaemonException
        || failure instanceof NoTerminalException
        || failure instanceof HistoryException;
  }
}
