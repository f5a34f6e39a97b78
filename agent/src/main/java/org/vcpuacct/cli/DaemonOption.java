package org.vcpuacct.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the running daemon, the same for every command that asks it. */
public final class DaemonOption {

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      defaultValue = "/run/vcpuacct/http.sock",
      description = "the daemon's http.socket (default: ${DEFAULT-VALUE})")
  private Path socket;

  /** The daemon that the option names. */
  public DaemonClient daemon() {
    return new DaemonClient(socket);
  }
}
