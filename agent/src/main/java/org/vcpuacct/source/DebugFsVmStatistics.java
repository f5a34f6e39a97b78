package org.vcpuacct.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.vcpuacct.kernel.ProcFile;
import org.vcpuacct.ledger.KvmStat;

/**
 * The statistics of a VM from its folder in debugfs, where a vCPU statistic is the sum over the
 * VM's vCPUs (virt/kvm/kvm_main.c kvm_stat_data_get, Linux 6.1).
 */
final class DebugFsVmStatistics implements VmStatistics {

  private final ScratchBuffer buffer;
  private final Map<KvmStat, ProcFile> files = new EnumMap<>(KvmStat.class);

  /**
   * Opens the files of the statistics that this kernel has.
   *
   * @param folder {@code /sys/kernel/debug/kvm/<pid>-<fd>}
   * @throws java.nio.file.AccessDeniedException without the right to read them; a locked-down
   *     kernel gives it to nobody
   */
  DebugFsVmStatistics(Path folder, ScratchBuffer buffer) throws IOException {
    this.buffer = buffer;
    try {
      for (KvmStat stat : KvmStat.values()) {
        open(stat, folder);
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void open(KvmStat stat, Path folder) throws IOException {
    try {
      files.put(stat, ProcFile.open(folder.resolve(stat.kernelName())));
    } catch (NoSuchFileException e) {
      // Not every architecture has every statistic: it stays absent.
      files.remove(stat);
    }
  }

  @Override
  public Map<KvmStat, Long> read() throws IOException {
    Map<KvmStat, Long> values = new EnumMap<>(KvmStat.class);
    for (Map.Entry<KvmStat, ProcFile> file : files.entrySet()) {
      values.put(file.getKey(), readNumber(file.getValue()));
    }
    return values;
  }

  private long readNumber(ProcFile file) throws IOException {
    int length = buffer.read(file);
    String text = new String(buffer.bytes(), 0, length, StandardCharsets.US_ASCII).strip();
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw new IOException(file.path() + ": not a number: " + text, e);
    }
  }

  @Override
  public void close() throws IOException {
    for (ProcFile file : files.values()) {
      file.close();
    }
  }
}
