package org.vcpuacct.guest;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The bytes of one answer so far. Bounded; a long one waits for its room. For one thread. */
final class AnswerBuffer implements Closeable {

  private final AnswerMemory memory;
  private byte[] bytes = new byte[1024];
  private int length;
  private boolean isLong;

  AnswerBuffer(AnswerMemory memory) {
    this.memory = memory;
  }

  /** Adds all that is left in a buffer. */
  void add(ByteBuffer more, Deadline deadline) throws GuestLoadException, InterruptedException {
    int needed = length + more.remaining();
    if (needed > AnswerMemory.MAX_BYTES) {
      throw new GuestRefusedException(
          "answer too long: more than " + AnswerMemory.MAX_BYTES + " bytes");
    }
    if (needed > AnswerMemory.SHORT_BYTES && !isLong) {
      memory.enter(deadline);
      isLong = true;
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, Math.min(2 * bytes.length, maxLength())));
    }
    int count = more.remaining();
    more.get(bytes, length, count);
    length += count;
  }

  /** Takes what has come so far. */
  byte[] take() {
    byte[] taken = Arrays.copyOf(bytes, length);
    length = 0;
    return taken;
  }

  private int maxLength() {
    return isLong ? AnswerMemory.MAX_BYTES : AnswerMemory.SHORT_BYTES;
  }

  @Override
  public void close() {
    if (isLong) {
      memory.leave();
    }
  }
}
