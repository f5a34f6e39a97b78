package org.vcpuacct.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.vcpuacct.kernel.ProcFile;

/**
 * Space into which small files of /proc and debugfs are read, one after the other. All meters of a
 * sampler share one, so that reading a thousand vCPUs makes no garbage.
 */
final class ScratchBuffer {

  private static final int BYTES = 4096;

  private final byte[] bytes = new byte[BYTES];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);

  /** Reads a file whole and returns how many of {@link #bytes} are its content. */
  int read(ProcFile file) throws IOException {
    file.read(buffer);
    return buffer.limit();
  }

  /** The content of the file that was read last. */
  byte[] bytes() {
    return bytes;
  }
}
