package org.vcpuacct.kernel;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.vcpuacct.kernel.LedgerEvent.Block;
import org.vcpuacct.kernel.LedgerEvent.Entry;
import org.vcpuacct.kernel.LedgerEvent.Exit;
import org.vcpuacct.kernel.LedgerEvent.Leave;
import org.vcpuacct.kernel.LedgerEvent.Poll;
import org.vcpuacct.kernel.LedgerEvent.Run;
import org.vcpuacct.kernel.LedgerEvent.Sleep;
import org.vcpuacct.kernel.LedgerEvent.Wake;
import org.vcpuacct.ledger.ExitClass;

/**
 * The real ledger inside the kernel, with accounts of vCPUs that do not exist: it is attached to no
 * event and told of some. In this package, as no other may load a ledger like that.
 */
public final class ReplayedLedger implements Closeable {

  private static final int USER_MODE = 1;
  private static final int KERNEL_MODE = 2;
  private static final int PCPU = 3;
  private static final int NODE = 0;

  private final BpfLedger ledger;

  private ReplayedLedger(BpfLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * Loads a ledger.
   *
   * @param capacity accounts that it can hold
   * @throws KernelException if the kernel refuses it: it takes root, or CAP_BPF and CAP_PERFMON
   */
  public static ReplayedLedger load(int capacity) throws IOException {
    return new ReplayedLedger(BpfLedgerReplay.loadLedger(capacity));
  }

  /** The ledger as the agent reads it. */
  public BpfLedger ledger() {
    return ledger;
  }

  /**
   * A vCPU runs: it writes to a port, reads an MSR, is interrupted and halts.
   *
   * @param fromNs CLOCK_MONOTONIC, ns; it takes some 150 us
   */
  public void runVcpu(int slot, long fromNs) throws IOException {
    long us = 1_000;
    for (LedgerEvent event :
        List.of(
            new Entry(fromNs),
            exit(fromNs + 20 * us, ExitClass.IO, KERNEL_MODE),
            new Leave(fromNs + 22 * us, false),
            new Entry(fromNs + 30 * us),
            exit(fromNs + 50 * us, ExitClass.MSR_OTHER, KERNEL_MODE),
            new Entry(fromNs + 51 * us),
            exit(fromNs + 90 * us, ExitClass.EXTERNAL_IRQ, USER_MODE),
            new Entry(fromNs + 93 * us),
            exit(fromNs + 100 * us, ExitClass.HLT, KERNEL_MODE),
            new Block(fromNs + 102 * us, Sleep.HALTED),
            new Wake(fromNs + 140 * us, false, 0),
            new Run(fromNs + 145 * us, PCPU, NODE, 0),
            new Poll(fromNs + 146 * us, 0))) {
      BpfLedgerReplay.tell(ledger, slot, event);
    }
  }

  private static Exit exit(long nowNs, ExitClass exitClass, int mode) {
    return new Exit(nowNs, exitClass.number(), mode);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
