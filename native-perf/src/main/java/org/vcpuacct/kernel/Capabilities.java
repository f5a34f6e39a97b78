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
  private static final int EFFECTIVE = 0;
  private static final int PERMITTED = 1;
  private static final int INHERITABLE = 2;
  private static final int SETS = 3;
  private static final int HALF_BYTES = SETS * Integer.BYTES;
  private static final int DATA_BYTES = 2 * HALF_BYTES;

  private Capabilities() {}

  /**
   * Gives up all capabilities but these, for good. Those that the thread does not have it does not
   * get. A program that it runs gets none, unless it runs as root: neither by the inheritable set,
   * nor by the ambient set, which the kernel keeps within that.
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
    mask(data.bytes(), EFFECTIVE, mask);
    mask(data.bytes(), PERMITTED, mask);
    mask(data.bytes(), INHERITABLE, 0);
    check("capset", calls.capset(header, data));
  }

  private static void mask(ByteBuffer data, int set, long mask) {
    int low = set * Integer.BYTES;
    int high = HALF_BYTES + low;
    data.putInt(low, data.getInt(low) & (int) mask);
    data.putInt(high, data.getInt(high) & (int) (mask >>> Integer.SIZE));
  }

  private static void check(String call, int result) throws KernelException {
    if (result < 0) {
      throw new KernelException(call, -result);
    }
  }
}
