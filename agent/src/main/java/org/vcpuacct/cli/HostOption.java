package org.vcpuacct.cli;

import java.nio.file.Path;
import org.vcpuacct.host.HostRoot;
import picocli.CommandLine.Option;

/** The option that names the host to read, the same for every command. */
final class HostOption {

  @Option(
      names = "--root",
      paramLabel = "DIR",
      defaultValue = "/",
      description = "read /proc and /sys below this folder (default: ${DEFAULT-VALUE})")
  private Path root;

  /** The host that the option names. */
  HostRoot host() {
    return new HostRoot(root);
  }
}
