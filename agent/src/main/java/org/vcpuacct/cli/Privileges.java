package org.vcpuacct.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.kernel.Capabilities;
import org.vcpuacct.kernel.Capability;

/** Gives up what the daemon does not need any more once it measures. */
final class Privileges {

  private static final Logger LOG = LoggerFactory.getLogger(Privileges.class);

  /**
   * To look into VMMs of other users, to read tracefs, and to open counters if a tier is lowered.
   */
  private static final Set<Capability> NEEDED =
      EnumSet.of(
          Capability.DAC_READ_SEARCH,
          Capability.NET_BIND_SERVICE,
          Capability.SYS_PTRACE,
          Capability.PERFMON);

  private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*", Pattern.DOTALL);

  private Privileges() {}

  /** For the calling thread and all that it starts: call it before the daemon's threads start. */
  static void drop(HostRoot host) {
    Set<Capability> kept = EnumSet.copyOf(NEEDED);
    if (!usesLoadedMapsFreely(host)) {
      kept.add(Capability.BPF);
    }
    try {
      Capabilities.keepOnly(kept);
    } catch (IOException e) {
      LOG.warn("capabilities are kept: {}", e.getMessage());
    }
  }

  /**
   * Since Linux 5.19 whoever has a map's descriptor may use it (kernel/bpf/syscall.c __sys_bpf).
   */
  private static boolean usesLoadedMapsFreely(HostRoot host) {
    try {
      Matcher release =
          RELEASE.matcher(Files.readString(host.proc().resolve("sys/kernel/osrelease")));
      if (!release.matches()) {
        return false;
      }
      int major = Integer.parseInt(release.group(1));
      return major > 5 || (major == 5 && Integer.parseInt(release.group(2)) >= 19);
    } catch (IOException e) {
      return false;
    }
  }
}
