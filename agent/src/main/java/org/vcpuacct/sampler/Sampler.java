package org.vcpuacct.sampler;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.guest.GuestLoads;
import org.vcpuacct.guest.GuestSettings;
import org.vcpuacct.host.CpuStat;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.Limit;
import org.vcpuacct.ledger.AgentStats;
import org.vcpuacct.ledger.PcpuShares;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ne.NetworkElements;
import org.vcpuacct.ne.VmSet;
import org.vcpuacct.overload.OverloadControls;
import org.vcpuacct.overload.OverloadSettings;
import org.vcpuacct.source.AccountSources;
import org.vcpuacct.source.VmStatisticsSource;
import org.vcpuacct.vm.Vm;
import org.vcpuacct.vm.VmIndexes;
import org.vcpuacct.vm.VmKey;
import org.vcpuacct.vm.VmScanner;

/** Takes a snapshot of all VMs at each step. Not safe for use by two threads. */
public final class Sampler implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);

  private final HostRoot host;
  private final VmScanner scanner;
  private final VmIndexes indexes;
  private final NetworkElements elements;
  private final OverloadControls controls;
  private final AccountSources sources;
  private final List<Limit> hostLimits;
  private final LongSupplier monotonicNs;
  private final InstantSource wallClock;
  private final VmStatisticsSource statistics = new VmStatisticsSource();
  private final ThreadsOfVms threads;
  private final GuestLoads guests;
  private final Map<VmKey, VmBook> books = new HashMap<>();
  private final PcpuBook pcpus = new PcpuBook();
  private long steps;

  /**
   * A sampler of a host.
   *
   * @param hostLimits what is known from the start not to be readable
   * @param monotonicNs CLOCK_MONOTONIC, ns
   */
  public Sampler(
      HostRoot host,
      VmScanner scanner,
      VmIndexes indexes,
      NetworkElements elements,
      OverloadControls controls,
      GuestLoads guests,
      AccountSources sources,
      List<Limit> hostLimits,
      LongSupplier monotonicNs,
      InstantSource wallClock) {
    this.host = host;
    this.scanner = scanner;
    this.indexes = indexes;
    this.elements = elements;
    this.controls = controls;
    this.guests = guests;
    this.sources = sources;
    this.hostLimits = List.copyOf(hostLimits);
    this.threads = new ThreadsOfVms(host, monotonicNs);
    this.monotonicNs = monotonicNs;
    this.wallClock = wallClock;
  }

  /** Follows other sections {@code [[ne]]} from the next step on. Safe for use by any thread. */
  public void useElements(List<VmSet> sets) {
    elements.use(sets);
  }

  /** Follows another section {@code [overload]} from the next step on; the same. */
  public void useOverload(OverloadSettings settings) {
    controls.use(settings);
  }

  /** Follows another section {@code [guest]} from the next step on; the same. */
  public void useGuests(GuestSettings settings) {
    guests.use(settings);
  }

  /**
   * Finds the VMs, reads every account and returns the whole.
   *
   * @param dueNs CLOCK_MONOTONIC at which this step was to begin, ns
   * @throws IOException if the host itself cannot be read
   */
  public Snapshot step(long dueNs) throws IOException {
    long nowNs = monotonicNs.getAsLong();
    List<Vm> vms = scanner.scan(nowNs);
    long scannedNs = monotonicNs.getAsLong();
    closeGone(vms);
    threads.begin(vms);
    guests.watch(vms);
    List<VmAccount> accounts = new ArrayList<>(vms.size());
    for (Map.Entry<Vm, Integer> vm : indexes.assign(vms).entrySet()) {
      accounts.add(account(vm.getKey(), vm.getValue()));
    }
    Optional<CpuStat> hostCpu = readHostCpu();
    List<PcpuShares> shares = hostCpu.map(cpu -> pcpus.step(cpu, accounts)).orElse(List.of());
    steps++;
    AgentStats agent =
        new AgentStats(steps, nowNs - dueNs, monotonicNs.getAsLong() - nowNs, scannedNs - nowNs);
    long epochMillis = wallClock.millis();
    return new Snapshot(
        scannedNs,
        epochMillis,
        sources.tier(),
        accounts,
        controls.of(elements.of(accounts, scannedNs), scannedNs, epochMillis),
        hostCpu,
        shares,
        agent,
        limits());
  }

  private VmAccount account(Vm vm, int index) throws IOException {
    VmBook book =
        books.computeIfAbsent(
            vm.key(),
            key -> new VmBook(index, vm, sources, statistics, threads, guests, monotonicNs));
    book.update(vm);
    VmAccount account = book.read();
    if (book.hasThreadEnded()) {
      scanner.lookAgain(vm.pid(), monotonicNs.getAsLong());
    }
    return account;
  }

  private void closeGone(List<Vm> vms) throws IOException {
    Set<VmKey> found = new HashSet<>();
    vms.forEach(vm -> found.add(vm.key()));
    List<VmKey> gone = books.keySet().stream().filter(key -> !found.contains(key)).toList();
    for (VmKey key : gone) {
      books.remove(key).close();
    }
  }

  private Optional<CpuStat> readHostCpu() {
    try {
      return Optional.of(CpuStat.parse(Files.readAllBytes(host.proc().resolve("stat"))));
    } catch (IOException e) {
      LOG.debug("no CPU time of the host: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private List<Limit> limits() {
    List<Limit> limits = new ArrayList<>(hostLimits);
    limits.addAll(scanner.limits());
    limits.addAll(indexes.limits());
    limits.addAll(sources.limits());
    limits.addAll(statistics.limits());
    return limits;
  }

  @Override
  public void close() throws IOException {
    for (VmBook book : books.values()) {
      book.close();
    }
    books.clear();
    threads.close();
    guests.close();
    sources.close();
  }
}
