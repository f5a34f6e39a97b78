package org.vcpuacct.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.vcpuacct.config.Config;
import org.vcpuacct.config.ConfigException;
import org.vcpuacct.config.ConfigFile;
import picocli.CommandLine.Option;

/** The option that names the configuration file, the same for every command. */
final class ConfigOption {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "configuration file, TOML; without it everything has its default")
  private Path file;

  /** The configuration that the option names. */
  Config read() throws ConfigException {
    return file == null ? Config.defaults() : ConfigFile.read(file);
  }

  /** The file that the option names; empty without the option. */
  Optional<Path> file() {
    return Optional.ofNullable(file);
  }
}
