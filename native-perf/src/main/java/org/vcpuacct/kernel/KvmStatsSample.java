package org.vcpuacct.kernel;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/** The values of all statistics of a KVM statistics file at one time. */
public final class KvmStatsSample {

  private final KvmStatsLayout layout;
  private final ByteBuffer data;

  /**
   * @param layout where in the data block a statistic lies
   * @param data the data block, from 0, in the buffer's byte order; not changed afterwards
   */
  KvmStatsSample(KvmStatsLayout layout, ByteBuffer data) {
    this.layout = layout;
    this.data = data;
  }

  /**
   * The value of a statistic that is one number, in the steps of its {@link KvmStat}; empty if this
   * kernel has none of that name, or it is a histogram.
   *
   * @param name for example {@code exits}
   */
  public OptionalLong scalar(String name) {
    Optional<KvmStat> stat = layout.find(name).filter(KvmStat::scalar);
    return stat.isPresent() ? OptionalLong.of(value(stat.get(), 0)) : OptionalLong.empty();
  }

  /**
   * The counts of a histogram's buckets; empty if this kernel has none of that name, or it is none.
   *
   * @param name for example {@code halt_wait_hist}
   */
  public Optional<long[]> histogram(String name) {
    return layout.find(name).filter(KvmStat::histogram).map(this::values);
  }

  private long[] values(KvmStat stat) {
    long[] values = new long[stat.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(stat, i);
    }
    return values;
  }

  private long value(KvmStat stat, int index) {
    return data.getLong(Math.toIntExact(stat.offset() + (long) index * Long.BYTES));
  }
}
