package org.vcpuacct.export.metrics;

import org.vcpuacct.host.Hardware;

/** The families of what the host is made of. */
final class HardwareMetrics {

  private static final Family HARDWARE =
      Family.info("vcpuacct_host_hardware", "What the host's CPUs call themselves.");
  private static final Family SOCKETS =
      Family.gauge("vcpuacct_host_sockets", "Sockets with a CPU in them.");
  private static final Family CORES =
      Family.gauge("vcpuacct_host_cores", "Physical cores of all sockets.");
  private static final Family NUMA_NODES =
      Family.gauge("vcpuacct_host_numa_nodes", "NUMA nodes with CPUs.");
  private static final Family FREQUENCY =
      Family.gauge("vcpuacct_host_frequency_hertz", "Mean of all CPUs' frequencies now.");
  private static final Family MEMORY =
      Family.gauge("vcpuacct_host_memory_bytes", "All memory of the host.");
  private static final Family AVAILABLE =
      Family.gauge(
          "vcpuacct_host_memory_available_bytes", "What programs can have without swapping.");
  private static final Family LOAD =
      Family.gauge(
          "vcpuacct_host_load1", "Threads that run or want to, as the kernel's mean of a minute.");

  /** Decimal digits of the kernel's mean, as /proc/loadavg gives it. */
  private static final int LOAD_DIGITS = 2;

  private static final double LOAD_UNIT = 100;

  private HardwareMetrics() {}

  static void write(Exposition out, Hardware hardware) {
    out.family(HARDWARE);
    out.integer(Labels.of("cpu", hardware.model()), Labels.NONE, 1);
    whole(out, SOCKETS, hardware.sockets());
    whole(out, CORES, hardware.cores());
    whole(out, NUMA_NODES, hardware.numaNodes());
    if (hardware.frequencyHz() > 0) {
      whole(out, FREQUENCY, hardware.frequencyHz());
    }
    whole(out, MEMORY, hardware.memoryBytes());
    whole(out, AVAILABLE, hardware.availableBytes());
    if (hardware.load1() >= 0) {
      out.family(LOAD);
      long hundredths = Math.round(hardware.load1() * LOAD_UNIT);
      out.decimal(Labels.NONE, Labels.NONE, hundredths, LOAD_DIGITS);
    }
  }

  private static void whole(Exposition out, Family family, long value) {
    out.family(family);
    out.integer(Labels.NONE, Labels.NONE, value);
  }
}
