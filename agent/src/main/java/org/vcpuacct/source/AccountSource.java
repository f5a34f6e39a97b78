package org.vcpuacct.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;

/** One way to measure vCPUs. */
public interface AccountSource extends Closeable {

  /** The tier of the accounts that this source keeps. */
  Tier tier();

  /**
   * Opens the account of a vCPU: its counters start here.
   *
   * @param monotonicNs CLOCK_MONOTONIC, ns; asked when the account begins, as opening takes time
   * @throws IOException if the vCPU's thread has ended, or this source cannot measure it
   */
  VcpuMeter open(Vm vm, Vcpu vcpu, LongSupplier monotonicNs) throws IOException;

  /** Ends what the source keeps running for meters, once none of its meters is open any more. */
  @Override
  default void close() {}
}
