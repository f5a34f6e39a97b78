package org.vcpuacct.kernel;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Memory outside the Java heap, in the machine's byte order, with its address known. */
final class NativeBuffer {

  private final ByteBuffer bytes;
  private final long address;

  private NativeBuffer(ByteBuffer bytes) {
    this.bytes = bytes;
    this.address = Pointer.nativeValue(Native.getDirectBufferPointer(bytes));
  }

  /** Zeroed memory. */
  static NativeBuffer allocate(int size) {
    return new NativeBuffer(ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder()));
  }

  /** The text with a NUL byte behind it. */
  static NativeBuffer ofCString(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    NativeBuffer buffer = allocate(encoded.length + 1);
    buffer.bytes.put(0, encoded);
    return buffer;
  }

  ByteBuffer bytes() {
    return bytes;
  }

  long address() {
    return address;
  }

  int size() {
    return bytes.capacity();
  }
}
