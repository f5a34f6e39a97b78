package org.vcpuacct.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.vcpuacct.ledger.KvmStat;

/** KVM's own statistics of one VM, summed over its vCPUs since the VM was created. */
public interface VmStatistics extends Closeable {

  /**
   * The statistics that this kernel has.
   *
   * @throws IOException if the VM is gone, or they cannot be read any more
   */
  Map<KvmStat, Long> read() throws IOException;
}
