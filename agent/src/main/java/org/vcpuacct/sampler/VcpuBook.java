package org.vcpuacct.sampler;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.source.AccountSources;
import org.vcpuacct.source.TierFailedException;
import org.vcpuacct.source.VcpuMeter;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;

/** The account of one vCPU for as long as one thread runs it. */
final class VcpuBook implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(VcpuBook.class);

  private final AccountSources sources;
  private final Vm vm;
  private final Vcpu vcpu;
  private VcpuMeter meter;
  private ReadingHistory history;
  private Reading reading;
  private long sinceNs;

  /**
   * Opens the account.
   *
   * @param nowNs CLOCK_MONOTONIC, ns
   * @throws IOException if the thread has ended, or nothing can measure it
   */
  VcpuBook(AccountSources sources, Vm vm, Vcpu vcpu, long nowNs) throws IOException {
    this.sources = sources;
    this.vm = vm;
    this.vcpu = vcpu;
    open(nowNs);
  }

  private void open(long nowNs) throws IOException {
    meter = sources.open(vm, vcpu, nowNs);
    sinceNs = nowNs;
    reading = meter.read(nowNs);
    history = new ReadingHistory(reading);
  }

  /** The vCPU and its thread. */
  Vcpu vcpu() {
    return vcpu;
  }

  /** The account now; empty if the thread has ended. */
  Optional<VcpuAccount> read(long nowNs) {
    try {
      reading = meter.read(nowNs);
      return Optional.of(new VcpuAccount(vcpu, sinceNs, reading, history.changesUpTo(reading)));
    } catch (TierFailedException e) {
      return reopenLower(e, nowNs);
    } catch (IOException e) {
      LOG.debug("vCPU {} of {} ended: {}", vcpu.id(), vm.name(), e.getMessage());
      return Optional.empty();
    }
  }

  // A new account, which starts now: the figures of two tiers are not one series.
  private Optional<VcpuAccount> reopenLower(TierFailedException failure, long nowNs) {
    sources.giveUp(reading.tier(), failure);
    try {
      meter.close();
      open(nowNs);
      return Optional.of(new VcpuAccount(vcpu, sinceNs, reading, Map.of()));
    } catch (IOException e) {
      LOG.debug("vCPU {} of {} ended: {}", vcpu.id(), vm.name(), e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    meter.close();
  }
}
