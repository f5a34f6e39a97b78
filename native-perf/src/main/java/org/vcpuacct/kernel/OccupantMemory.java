package org.vcpuacct.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The mapped array of {@code struct occupant}: whose account each pCPU follows, as it remembers.
 */
final class OccupantMemory implements AutoCloseable {

  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private static final int OCCUPANT_BYTES = 64; // a cache line; what is wanted is at its beginning

  private final MappedArray memory;
  private final int cpus;

  private OccupantMemory(MappedArray memory, int cpus) {
    this.memory = memory;
    this.cpus = cpus;
  }

  static OccupantMemory map(int mapFd, int cpus)
      throws KernelException, NativeUnavailableException {
    return new OccupantMemory(
        MappedArray.map("the occupants of pCPUs", mapFd, cpus, OCCUPANT_BYTES), cpus);
  }

  /** Tells the programs that what they remember is out of date. */
  void outdate() {
    for (int cpu = 0; cpu < cpus; cpu++) {
      INT.getAndAdd(memory.bytes(), cpu * OCCUPANT_BYTES, 1);
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
