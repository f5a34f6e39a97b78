package org.vcpuacct.host;

import java.util.Arrays;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.LogicalProcessor;
import oshi.hardware.GlobalMemory;

/**
 * What this host is made of and how it is doing, as OSHI knows it. Read when it is asked for, not
 * at each step: it takes some files for each CPU. Immutable.
 *
 * @param model the CPU's name
 * @param cores physical cores of all sockets
 * @param pcpus what the kernel schedules on
 * @param frequencyHz the mean of all CPUs now; 0 if unknown
 * @param memoryBytes all of it
 * @param availableBytes what programs can have without swapping
 * @param load1 mean number of threads that run or want to, over a minute
 */
public record Hardware(
    String model,
    int sockets,
    int cores,
    int pcpus,
    int numaNodes,
    long frequencyHz,
    long memoryBytes,
    long availableBytes,
    double load1) {

  /** This host, now. */
  public static Hardware read() {
    SystemInfo system = new SystemInfo();
    CentralProcessor processor = system.getHardware().getProcessor();
    GlobalMemory memory = system.getHardware().getMemory();
    return new Hardware(
        processor.getProcessorIdentifier().getName(),
        processor.getPhysicalPackageCount(),
        processor.getPhysicalProcessorCount(),
        processor.getLogicalProcessorCount(),
        (int)
            processor.getLogicalProcessors().stream()
                .map(LogicalProcessor::getNumaNode)
                .distinct()
                .count(),
        (long) Arrays.stream(processor.getCurrentFreq()).filter(hz -> hz > 0).average().orElse(0),
        memory.getTotal(),
        memory.getAvailable(),
        processor.getSystemLoadAverage(1)[0]);
  }
}
