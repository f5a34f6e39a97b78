package org.vcpuacct.host;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the host is made of, at most once in some seconds however many ask. */
public final class HardwareReader implements Supplier<Optional<Hardware>> {

  private static final Logger LOG = LoggerFactory.getLogger(HardwareReader.class);
  private static final long KEPT_NS = TimeUnit.SECONDS.toNanos(10);

  private final Supplier<Hardware> source;
  private final LongSupplier nanoClock;
  private Optional<Hardware> newest = Optional.empty();
  private long readNs;
  private boolean read;

  HardwareReader(Supplier<Hardware> source, LongSupplier nanoClock) {
    this.source = source;
    this.nanoClock = nanoClock;
  }

  /** Of the host whose files these are; of a recorded host nothing is known. */
  public static Supplier<Optional<Hardware>> of(HostRoot host) {
    return host.isRunningKernel()
        ? new HardwareReader(Hardware::read, System::nanoTime)
        : Optional::empty;
  }

  @Override
  public synchronized Optional<Hardware> get() {
    long nowNs = nanoClock.getAsLong();
    if (!read || nowNs - readNs >= KEPT_NS) {
      newest = tryToRead();
      readNs = nowNs;
      read = true;
    }
    return newest;
  }

  /** OSHI reads many files, and says in many ways that one of them is not as it expects. */
  private Optional<Hardware> tryToRead() {
    try {
      return Optional.of(source.get());
    } catch (RuntimeException e) {
      LOG.debug("nothing is known of the hardware", e);
      return Optional.empty();
    }
  }
}
