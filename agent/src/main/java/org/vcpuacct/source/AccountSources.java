package org.vcpuacct.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.Limit;
import org.vcpuacct.kernel.KernelException;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;

/**
 * The sources that this host allows, best first. A vCPU that the best one cannot measure gets the
 * next one. Not safe for use by two threads.
 */
public final class AccountSources implements Closeable {

  private final HostRoot host;
  private final List<AccountSource> sources;
  private final Map<String, Limit> limits = new LinkedHashMap<>();

  /**
   * Sources that work on this host.
   *
   * @param sources best first, at least one
   */
  public AccountSources(HostRoot host, List<AccountSource> sources) {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("no source");
    }
    this.host = host;
    this.sources = new ArrayList<>(sources);
  }

  /** The best tier that still works on this host. */
  public Tier tier() {
    return sources.get(0).tier();
  }

  /**
   * Opens the account of a vCPU in the best tier that can measure it.
   *
   * @param monotonicNs CLOCK_MONOTONIC, ns; asked when the account begins, as opening takes time
   * @throws IOException if its thread has ended, or no source can measure it
   */
  public VcpuMeter open(Vm vm, Vcpu vcpu, LongSupplier monotonicNs) throws IOException {
    IOException failure = null;
    for (AccountSource source : sources) {
      try {
        return source.open(vm, vcpu, monotonicNs);
      } catch (IOException e) {
        // What it takes to count an ending thread fails in several ways, none of them a limit.
        if (Files.notExists(host.thread(vm.pid(), vcpu.threadId()))) {
          throw e;
        }
        note(source.tier(), e);
        failure = e;
      }
    }
    throw failure;
  }

  /** Gives up a tier whose self-test failed. The last source, /proc, has no such test. */
  public void giveUp(Tier failed, TierFailedException failure) {
    limits.putIfAbsent(failed.label(), failure.limit());
    if (sources.size() > 1) {
      sources.stream().filter(source -> source.tier() == failed).forEach(AccountSource::close);
      sources.removeIf(source -> source.tier() == failed);
    }
  }

  /** What turned out, while measuring, not to be possible on this host. */
  public Collection<Limit> limits() {
    return List.copyOf(limits.values());
  }

  /** Ends what the sources keep running. */
  @Override
  public void close() {
    sources.forEach(AccountSource::close);
  }

  // Keyed by the kind of failure, so that a thousand vCPUs that fail alike make one line.
  private void note(Tier tier, IOException failure) {
    String kind = failure instanceof KernelException e ? "errno " + e.errno() : "other";
    limits.putIfAbsent(
        tier.label() + " " + kind,
        new Limit(
            failure.getMessage(),
            "some vCPUs are not measured in tier " + tier.label(),
            "see docs/tiers.md"));
  }
}
