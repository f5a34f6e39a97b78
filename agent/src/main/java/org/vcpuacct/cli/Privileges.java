package org.vcpuacct.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.kernel.Capabilities;
import org.vcpuacct.kernel.Capability;
import org.vcpuacct.ledger.Tier;

/** Gives up what the daemon does not need any more once it measures. */
final class Privileges {

  private static final Logger LOG = LoggerFactory.getLogger(Privileges.class);

  private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*", Pattern.DOTALL);

  /** Where CAP_PERFMON is enough; Debian and Ubuntu have higher ones, for CAP_SYS_ADMIN alone. */
  private static final int HIGHEST_PARANOID_OF_LINUX = 2;

  private Privileges() {}

  /**
   * For the calling thread and all that it starts: call it before the daemon's threads start.
   *
   * @param tier the best tier of the host. One that is lowered later has what this one keeps.
   */
  static void drop(HostRoot host, Tier tier) {
    try {
      Capabilities.keepOnly(needed(host, tier));
    } catch (IOException e) {
      LOG.warn("capabilities are kept: {}", e.getMessage());
    }
  }

  private static Set<Capability> needed(HostRoot host, Tier tier) {
    Set<Capability> needed =
        EnumSet.of(
            Capability.DAC_READ_SEARCH,
            Capability.NET_BIND_SERVICE,
            Capability.SYS_PTRACE,
            Capability.PERFMON);
    if (tier == Tier.EXACT && !usesLoadedMapsFreely(host)) {
      needed.add(Capability.BPF);
    }
    if (tier == Tier.COUNTED && perfNeedsMore(host)) {
      needed.add(Capability.SYS_ADMIN);
    }
    return needed;
  }

  /**
   * Since Linux 5.19 whoever has a map's descriptor may use it (kernel/bpf/syscall.c __sys_bpf).
   */
  private static boolean usesLoadedMapsFreely(HostRoot host) {
    Matcher release = RELEASE.matcher(setting(host, "osrelease"));
    if (!release.matches()) {
      return false;
    }
    int major = Integer.parseInt(release.group(1));
    return major > 5 || (major == 5 && Integer.parseInt(release.group(2)) >= 19);
  }

  private static boolean perfNeedsMore(HostRoot host) {
    try {
      return Integer.parseInt(setting(host, "perf_event_paranoid")) > HIGHEST_PARANOID_OF_LINUX;
    } catch (NumberFormatException e) {
      return true;
    }
  }

  /** A setting of /proc/sys/kernel; empty if it cannot be read. */
  private static String setting(HostRoot host, String name) {
    Path file = host.proc().resolve("sys/kernel").resolve(name);
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
