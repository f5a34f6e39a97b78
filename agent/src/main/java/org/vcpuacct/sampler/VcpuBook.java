package org.vcpuacct.sampler;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.ledger.Change;
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
  private Vcpu vcpu;
  private final LongSupplier monotonicNs;
  private VcpuMeter meter;
  private WindowHistory<Reading, Change> history;
  private Reading reading;
  private long sinceNs;
  private boolean justOpened;

  /**
   * Opens the account.
   *
   * @param monotonicNs CLOCK_MONOTONIC, ns; asked right before each reading, not once a step, as a
   *     step can be long, or be interrupted: its figures are then of another time than its start
   * @throws IOException if the thread has ended, or nothing can measure it
   */
  VcpuBook(AccountSources sources, Vm vm, Vcpu vcpu, LongSupplier monotonicNs) throws IOException {
    this.sources = sources;
    this.vm = vm;
    this.vcpu = vcpu;
    this.monotonicNs = monotonicNs;
    open();
  }

  private void open() throws IOException {
    meter = sources.open(vm, vcpu, monotonicNs);
    sinceNs = monotonicNs.getAsLong();
    reading = meter.read(monotonicNs.getAsLong());
    history = new WindowHistory<>(reading, Reading::wallNs, Change::new);
    justOpened = true;
  }

  /** The vCPU and its thread. */
  Vcpu vcpu() {
    return vcpu;
  }

  /**
   * Whether this is still the account of a vCPU as it was found again: by the same thread, of which
   * more or less may be known now.
   *
   * @param found null if it was not found
   */
  boolean goesOnAs(Vcpu found) {
    if (found == null || found.threadId() != vcpu.threadId()) {
      return false;
    }
    vcpu = found;
    return true;
  }

  /** The account now, without any change if it was just opened; empty if the thread has ended. */
  Optional<VcpuAccount> read() {
    if (justOpened) {
      return Optional.of(openedAccount());
    }
    try {
      reading = meter.read(monotonicNs.getAsLong());
      return Optional.of(new VcpuAccount(vcpu, sinceNs, reading, history.changesUpTo(reading)));
    } catch (TierFailedException e) {
      return reopenLower(e);
    } catch (IOException e) {
      LOG.debug("vCPU {} of {} ended: {}", vcpu.id(), vm.name(), e.getMessage());
      return Optional.empty();
    }
  }

  // A new account, which starts now: the figures of two tiers are not one series.
  private Optional<VcpuAccount> reopenLower(TierFailedException failure) {
    sources.giveUp(reading.tier(), failure);
    try {
      meter.close();
      open();
      return Optional.of(openedAccount());
    } catch (IOException e) {
      LOG.debug("vCPU {} of {} ended: {}", vcpu.id(), vm.name(), e.getMessage());
      return Optional.empty();
    }
  }

  private VcpuAccount openedAccount() {
    justOpened = false;
    return new VcpuAccount(vcpu, sinceNs, reading, Map.of());
  }

  @Override
  public void close() throws IOException {
    meter.close();
  }
}
