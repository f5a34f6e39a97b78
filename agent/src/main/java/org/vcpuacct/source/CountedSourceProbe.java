package org.vcpuacct.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.Limit;

/** Tries whether exits can be counted on a host. */
final class CountedSourceProbe {

  private static final String CONSEQUENCE = "exit counts are absent";

  private CountedSourceProbe() {}

  /** Why exits cannot be counted; empty if they can. */
  static Optional<Limit> obstacle(HostRoot host, ExitCounterPlanner planner) {
    try {
      planner.openOnThisThread(planner.plan()).close();
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.of(missing(host, e.getFile()));
    } catch (AccessDeniedException e) {
      return Optional.of(new Limit("no right to read " + e.getFile(), CONSEQUENCE, "run as root"));
    } catch (IOException e) {
      return Optional.of(new Limit(e.getMessage(), CONSEQUENCE, "see docs/tiers.md"));
    }
  }

  private static Limit missing(HostRoot host, String file) {
    if (!Files.isDirectory(host.tracing().resolve("events"))) {
      return new Limit(
          "no tracefs at " + host.tracing(),
          CONSEQUENCE,
          "mount -t tracefs tracefs /sys/kernel/tracing");
    }
    return new Limit("no " + file, CONSEQUENCE, "load the KVM module: modprobe kvm");
  }
}
