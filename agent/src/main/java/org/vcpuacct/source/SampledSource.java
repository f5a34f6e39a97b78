package org.vcpuacct.source;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;

/** Measures vCPUs with /proc alone. Works on every host and for every VMM. */
public final class SampledSource implements AccountSource {

  private final HostRoot host;
  private final ScratchBuffer buffer;

  /**
   * A source for the vCPUs of a host.
   *
   * @param buffer scratch space for files of /proc, shared by all meters
   */
  SampledSource(HostRoot host, ScratchBuffer buffer) {
    this.host = host;
    this.buffer = buffer;
  }

  @Override
  public Tier tier() {
    return Tier.SAMPLED;
  }

  @Override
  public VcpuMeter open(Vm vm, Vcpu vcpu, LongSupplier monotonicNs) throws IOException {
    return new Meter(
        new ThreadMeter(host, vm.pid(), vcpu.threadId(), buffer, monotonicNs.getAsLong()));
  }

  private record Meter(ThreadMeter thread) implements VcpuMeter {

    @Override
    public Reading read(long nowNs) throws IOException {
      thread.update(nowNs);
      return thread.reading(Tier.SAMPLED, Optional.empty());
    }

    @Override
    public void close() throws IOException {
      thread.close();
    }
  }
}
