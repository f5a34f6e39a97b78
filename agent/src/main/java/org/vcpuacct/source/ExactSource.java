package org.vcpuacct.source;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.ThreadStat;
import org.vcpuacct.kernel.BpfLedger;
import org.vcpuacct.kernel.KernelException;
import org.vcpuacct.kernel.KvmFile;
import org.vcpuacct.kernel.KvmFile.VcpuState;
import org.vcpuacct.kernel.LedgerAccount;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;

/**
 * Reads the accounts that the ledger inside the kernel keeps. The ledger runs until the source is
 * closed and the last meter too.
 */
public final class ExactSource implements AccountSource {

  private static final Logger LOG = LoggerFactory.getLogger(ExactSource.class);

  private final HostRoot host;
  private final BpfLedger ledger;
  private final Set<ExitClass> told;
  private final LongSupplier monotonicNs;
  private Map<Integer, VcpuState> listed = Map.of();
  private int openMeters;
  private boolean closed;

  /**
   * A source that owns the ledger.
   *
   * @param told the exit classes that the architecture has
   * @param monotonicNs CLOCK_MONOTONIC, ns
   */
  ExactSource(HostRoot host, BpfLedger ledger, Set<ExitClass> told, LongSupplier monotonicNs) {
    this.host = host;
    this.told = told;
    this.ledger = ledger;
    this.monotonicNs = monotonicNs;
  }

  @Override
  public Tier tier() {
    return Tier.EXACT;
  }

  /**
   * Lists KVM's open files on this host, for whoever looks for VMs. What it tells of vCPUs is what
   * the meters compare their accounts with at the next reading.
   *
   * @return empty if the kernel cannot list them
   */
  public Optional<List<KvmFile>> kvmFiles() {
    if (closed) {
      return Optional.empty();
    }
    try {
      List<KvmFile> files = ledger.kvmFiles();
      listed = vcpusByThread(files);
      return Optional.of(files);
    } catch (KernelException e) {
      LOG.debug("KVM's files cannot be listed: {}", e.getMessage());
      listed = Map.of();
      return Optional.empty();
    }
  }

  private static Map<Integer, VcpuState> vcpusByThread(List<KvmFile> files) {
    Map<Integer, VcpuState> byThread = new HashMap<>();
    for (KvmFile file : files) {
      if (file.isVcpu()) {
        byThread.put(file.vcpu().thread(), file.vcpu());
      }
    }
    return byThread;
  }

  @Override
  public VcpuMeter open(Vm vm, Vcpu vcpu, LongSupplier now) throws IOException {
    int slot = ledger.open(vcpu.threadId(), now);
    openMeters++;
    try {
      // Read after the account is open: a thread that ends from now on is told by its account.
      byte[] stat = Files.readAllBytes(host.thread(vm.pid(), vcpu.threadId()).resolve("stat"));
      return new Meter(vm, vcpu, slot, ThreadStat.parse(stat, stat.length).processor());
    } catch (IOException e) {
      closeAccount(vcpu.threadId(), slot);
      throw e;
    }
  }

  private void closeAccount(int thread, int slot) {
    ledger.close(thread, slot, monotonicNs.getAsLong());
    openMeters--;
    closeIfUnused();
  }

  private void closeIfUnused() {
    if (closed && openMeters == 0) {
      ledger.close();
    }
  }

  /** Stops the ledger as soon as no meter reads it any more. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      closeIfUnused();
    }
  }

  private final class Meter implements VcpuMeter {

    private final int thread;
    private final int slot;
    private final LedgerAccount account = new LedgerAccount();
    private final ExactReadings readings;
    private final ExactSelfTest selfTest;
    private boolean meterClosed;

    private Meter(Vm vm, Vcpu vcpu, int slot, int pcpu) {
      this.thread = vcpu.threadId();
      this.slot = slot;
      this.readings = new ExactReadings(told, pcpu);
      this.selfTest = new ExactSelfTest("vCPU " + vcpu.id() + " of " + vm.name());
    }

    @Override
    public Reading read(long nowNs) throws IOException {
      ledger.read(slot, account);
      if (account.ended()) {
        throw new IOException("thread " + thread + " has ended");
      }
      selfTest.check(account, Optional.ofNullable(listed.get(thread)));
      return readings.of(account, nowNs);
    }

    @Override
    public void close() {
      if (!meterClosed) {
        meterClosed = true;
        closeAccount(thread, slot);
      }
    }
  }
}
