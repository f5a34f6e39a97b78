package org.vcpuacct.kernel;

import java.nio.ByteBuffer;
import java.util.Set;

/** The capabilities of the calling thread. A thread that it starts gets the same. */
public final class Capabilities {

  // struct __user_cap_header_struct and twice struct __user_cap_data_struct,
  // include/uapi/linux/capability.h: the low and the high half of each of three sets
  private static final int VERSION_3 = 0x20080522;
  private static final int CALLING_THREAD = 0;
  private static final int HEADER_BYTES = 8;
  private static final int SETS = 3;
  private static final int HALF_BYTES = SETS * Integer.BYTES;
  private static final int DATA_BYTES = 2 * HALF_BYTES;

  private Capabilities() {}

  /**
   * Gives up all capabilities but these, for good. Those that the thread does not have it does not
   * get.
   *
   * @throws KernelException if the kernel refuses
   */
  public static void keepOnly(Set<Capability> kept)
      throws KernelException, NativeUnavailableException {
    keepOnly(NativeAccess.systemCalls(), kept);
  }

  static void keepOnly(SystemCalls calls, Set<Capability> kept) throws KernelException {
    NativeBuffer header = NativeBuffer.allocate(HEADER_BYTES);
    header.bytes().putInt(0, VERSION_3).putInt(Integer.BYTES, CALLING_THREAD);
    NativeBuffer data = NativeBuffer.allocate(DATA_BYTES);
    check("capget", calls.capget(header, data));
    long mask = kept.stream().mapToLong(Capability::bit).reduce(0, (all, bit) -> all | bit);
    for (int set = 0; set < SETS; set++) {
      mask(data.bytes(), set * Integer.BYTES, (int) mask);
      mask(data.bytes(), HALF_BYTES + set * Integer.BYTES, (int) (mask >>> Integer.SIZE));
    }
    check("capset", calls.capset(header, data));
  }

  private static void mask(ByteBuffer data, int at, int mask) {
    data.putInt(at, data.getInt(at) & mask);
  }

  private static void check(String call, int result) throws KernelException {
    if (result < 0) {
      throw new KernelException(call, -result);
    }
  }
}
