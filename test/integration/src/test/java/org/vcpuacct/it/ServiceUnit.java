package org.vcpuacct.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The rights that the systemd unit gives the daemon, on a host that systemd does not run. */
final class ServiceUnit {

  private static final Path FILE = Project.ROOT.resolve("systemd/vcpuacct.service");
  private static final String AMBIENT = "AmbientCapabilities=";

  /** Nobody's, as nobody in particular is logged in. */
  private static final String USER = "4711";

  /** Numbers of include/uapi/linux/capability.h. */
  private static final Map<String, Integer> NUMBERS =
      Map.of(
          "CAP_DAC_READ_SEARCH", 2,
          "CAP_SYS_PTRACE", 19,
          "CAP_SYS_ADMIN", 21,
          "CAP_PERFMON", 38,
          "CAP_BPF", 39);

  private ServiceUnit() {}

  /** The capabilities of the unit, a bit for each. */
  static long capabilities() {
    return names().stream().mapToLong(name -> 1L << NUMBERS.get(name)).sum();
  }

  private static List<String> names() {
    try {
      return Files.readAllLines(FILE).stream()
          .filter(line -> line.startsWith(AMBIENT))
          .flatMap(line -> List.of(line.substring(AMBIENT.length()).split(" ")).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A daemon that runs as a user with these capabilities and no others. */
  static Daemon start(Host host) {
    String set =
        names().stream()
            .map(name -> "+" + name.toLowerCase(Locale.ROOT).replaceFirst("^cap_", ""))
            .collect(Collectors.joining(",", "-all,", ""));
    String stateDir = host.newStateDir();
    host.run("install", "-d", "-o", USER, "-m", "700", stateDir).orFail();
    return Daemon.on(host)
        .stateDir(stateDir)
        .through(
            "setpriv",
            "--reuid",
            USER,
            "--regid",
            USER,
            "--clear-groups",
            "--no-new-privs",
            "--inh-caps",
            set,
            "--ambient-caps",
            set,
            "--bounding-set",
            set)
        .start();
  }
}
