package org.vcpuacct.source;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.vcpuacct.ledger.KvmStat;

/**
 * The statistics of a VM from its folder in debugfs, where a vCPU statistic is the sum over the
 * VM's vCPUs (virt/kvm/kvm_main.c kvm_stat_data_get, Linux 6.1).
 *
 * <p>Each file is opened anew at every reading: they are not seekable (fs/libfs.c
 * simple_attr_open), so one that is kept open could be read only once.
 */
final class DebugFsVmStatistics implements VmStatistics {

  private static final int MAX_BYTES = 32;

  private final byte[] bytes = new byte[MAX_BYTES];
  private final Map<KvmStat, File> files = new EnumMap<>(KvmStat.class);

  /**
   * Finds the statistics that this kernel has.
   *
   * @param folder {@code /sys/kernel/debug/kvm/<pid>-<fd>}
   * @throws IOException without the right to read them; a locked-down kernel gives it to nobody
   */
  DebugFsVmStatistics(Path folder) throws IOException {
    for (KvmStat stat : KvmStat.values()) {
      Path file = folder.resolve(stat.kernelName());
      if (isThere(file)) {
        files.put(stat, file.toFile());
      }
    }
  }

  // Not every architecture has every statistic: one that is not there stays absent.
  private static boolean isThere(Path file) throws IOException {
    try {
      Files.newInputStream(file).close();
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public Map<KvmStat, Long> read() throws IOException {
    Map<KvmStat, Long> values = new EnumMap<>(KvmStat.class);
    for (Map.Entry<KvmStat, File> file : files.entrySet()) {
      values.put(file.getKey(), readNumber(file.getValue()));
    }
    return values;
  }

  private long readNumber(File file) throws IOException {
    // A plain read: readNBytes() would ask for the position, which these files do not have.
    try (FileInputStream stream = new FileInputStream(file)) {
      int length = Math.max(0, stream.read(bytes));
      return Long.parseUnsignedLong(
          new String(bytes, 0, length, StandardCharsets.US_ASCII).strip());
    } catch (NumberFormatException e) {
      throw new IOException(file + " does not hold a number", e);
    }
  }

  @Override
  public void close() {
    files.clear();
  }
}
