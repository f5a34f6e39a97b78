package org.vcpuacct.kernel;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The memory of a BPF array, shared with the programs that write it. */
final class MappedArray implements AutoCloseable {

  private final SystemCalls calls;
  private final long address;
  private final ByteBuffer bytes;

  private MappedArray(SystemCalls calls, long address, int size) {
    this.calls = calls;
    this.address = address;
    this.bytes = new Pointer(address).getByteBuffer(0, size).order(ByteOrder.nativeOrder());
  }

  /**
   * Maps an array.
   *
   * @param what names it in an error
   */
  static MappedArray map(String what, int mapFd, int entries, int entryBytes)
      throws KernelException, NativeUnavailableException {
    SystemCalls calls = NativeAccess.systemCalls();
    int size = Math.multiplyExact(entries, entryBytes);
    long address = calls.mmap(mapFd, size);
    if (address < 0) {
      throw new KernelException("mmap of " + what, (int) -address);
    }
    return new MappedArray(calls, address, size);
  }

  /** In the machine's byte order; not to be touched once this is closed. */
  ByteBuffer bytes() {
    return bytes;
  }

  @Override
  public void close() {
    calls.munmap(address, bytes.capacity());
  }
}
