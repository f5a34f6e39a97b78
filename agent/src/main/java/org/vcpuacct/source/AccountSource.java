package org.vcpuacct.source;

import java.io.IOException;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;

/** One way to measure vCPUs. */
public interface AccountSource {

  /** The tier of the accounts that this source keeps. */
  Tier tier();

  /**
   * Opens the account of a vCPU: its counters start here.
   *
   * @param nowNs CLOCK_MONOTONIC, ns
   * @throws IOException if the vCPU's thread has ended, or this source cannot measure it
   */
  VcpuMeter open(Vm vm, Vcpu vcpu, long nowNs) throws IOException;
}
