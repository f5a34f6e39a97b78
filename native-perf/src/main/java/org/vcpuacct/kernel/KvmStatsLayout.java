package org.vcpuacct.kernel;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which statistics a KVM statistics file holds and where. It does not change with time. */
public final class KvmStatsLayout {

  private final String id;
  private final Map<String, KvmStat> stats;
  private final long dataOffset;

  /**
   * @param id what the statistics are of
   * @param stats by name, in the file's order
   * @param dataOffset where the data block starts in the file
   */
  KvmStatsLayout(String id, Map<String, KvmStat> stats, long dataOffset) {
    this.id = id;
    this.stats = Collections.unmodifiableMap(new LinkedHashMap<>(stats));
    this.dataOffset = dataOffset;
  }

  /** What the statistics are of, for example {@code kvm-4711/vcpu-0}. */
  public String id() {
    return id;
  }

  /** All statistics, in the kernel's order. */
  public Collection<KvmStat> stats() {
    return stats.values();
  }

  /** The statistic of that name, if this kernel has it. */
  public Optional<KvmStat> find(String name) {
    return Optional.ofNullable(stats.get(name));
  }

  long dataOffset() {
    return dataOffset;
  }

  /** Bytes from the start of the data block to the end of the last value. */
  int dataSize() {
    return Math.toIntExact(stats.values().stream().mapToLong(KvmStat::end).max().orElse(0));
  }
}
