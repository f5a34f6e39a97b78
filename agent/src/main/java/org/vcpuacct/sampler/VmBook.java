package org.vcpuacct.sampler;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.guest.GuestLoads;
import org.vcpuacct.guest.GuestReport;
import org.vcpuacct.ledger.GuestView;
import org.vcpuacct.ledger.KvmStat;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.source.AccountSources;
import org.vcpuacct.source.VmStatistics;
import org.vcpuacct.source.VmStatisticsSource;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;

/** The accounts of one VM for as long as it lives. */
final class VmBook implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(VmBook.class);

  private final int index;
  private final AccountSources sources;
  private final VmStatisticsSource statisticsSource;
  private final ThreadsOfVms threads;
  private final GuestLoads guests;
  private final HostMarks marks = new HostMarks();
  private final LongSupplier monotonicNs;
  private final Map<Integer, VcpuBook> vcpus = new HashMap<>();
  private Vm vm;
  private long sinceNs;
  private Optional<VmStatistics> statistics = Optional.empty();
  private boolean threadEnded;

  /**
   * Opens the book of a VM.
   *
   * @param index its permanent row index
   * @param monotonicNs CLOCK_MONOTONIC, ns
   */
  VmBook(
      int index,
      Vm vm,
      AccountSources sources,
      VmStatisticsSource statisticsSource,
      ThreadsOfVms threads,
      GuestLoads guests,
      LongSupplier monotonicNs) {
    this.index = index;
    this.monotonicNs = monotonicNs;
    this.sinceNs = monotonicNs.getAsLong();
    this.sources = sources;
    this.statisticsSource = statisticsSource;
    this.threads = threads;
    this.guests = guests;
    this.vm = vm;
  }

  /** Takes over what a scan found: vCPUs come and go, and their threads can change. */
  void update(Vm found) throws IOException {
    if (found.equals(vm) && vcpus.size() == found.vcpus().size()) {
      return; // as at nearly every step
    }
    vm = found;
    Map<Integer, Vcpu> byId =
        found.vcpus().stream().collect(Collectors.toMap(Vcpu::id, Function.identity()));
    for (VcpuBook book : List.copyOf(vcpus.values())) {
      if (!book.goesOnAs(byId.get(book.vcpu().id()))) {
        vcpus.remove(book.vcpu().id()).close();
        sinceNs = monotonicNs.getAsLong();
      }
    }
    for (Vcpu vcpu : found.vcpus()) {
      if (!vcpus.containsKey(vcpu.id())) {
        open(vcpu);
      }
    }
  }

  private void open(Vcpu vcpu) {
    try {
      vcpus.put(vcpu.id(), new VcpuBook(sources, vm, vcpu, monotonicNs));
    } catch (IOException e) {
      LOG.debug("vCPU {} of {} cannot be measured: {}", vcpu.id(), vm.name(), e.getMessage());
    }
  }

  /** The accounts now. */
  VmAccount read() throws IOException {
    threadEnded = false;
    Optional<GuestReport> report = guests.report(vm); // the accounts are to reach beyond it
    List<VcpuAccount> accounts = new ArrayList<>(vcpus.size());
    Iterator<VcpuBook> books = vcpus.values().iterator();
    while (books.hasNext()) {
      VcpuBook book = books.next();
      Optional<VcpuAccount> account = book.read();
      if (account.isPresent()) {
        accounts.add(account.get());
      } else {
        book.close();
        books.remove();
        sinceNs = monotonicNs.getAsLong();
        threadEnded = true;
      }
    }
    Optional<GuestView> guest = report.map(known -> marks.view(known, accounts));
    return new VmAccount(index, vm, sinceNs, readStatistics(), accounts, threads.of(vm), guest);
  }

  /** Whether the last reading found that the thread of a vCPU has ended. */
  boolean hasThreadEnded() {
    return threadEnded;
  }

  private Map<KvmStat, Long> readStatistics() throws IOException {
    if (statistics.isEmpty()) {
      statistics = statisticsSource.open(vm);
    }
    try {
      return statistics.isPresent() ? statistics.get().read() : Map.of();
    } catch (IOException e) {
      LOG.debug("no KVM statistics of {}: {}", vm.name(), e.getMessage());
      closeStatistics();
      return Map.of();
    }
  }

  private void closeStatistics() throws IOException {
    if (statistics.isPresent()) {
      statistics.get().close();
      statistics = Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    for (VcpuBook book : vcpus.values()) {
      book.close();
    }
    vcpus.clear();
    closeStatistics();
  }
}
