package org.vcpuacct.guest;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Splits what somebody sends at a certain byte, into parts of bounded length. For one thread. */
final class AnswerReader implements Closeable {

  /** Where the bytes come from. */
  @FunctionalInterface
  interface Source {

    /**
     * Waits for more bytes.
     *
     * @param received at least one of them is put here
     */
    void receive(ByteBuffer received) throws IOException, GuestLoadException, InterruptedException;
  }

  private static final int CHUNK_BYTES = 4096;

  private final Source source;
  private final Deadline deadline;
  private final AnswerBuffer answer;
  private final ByteBuffer received = ByteBuffer.allocate(CHUNK_BYTES).flip();

  /**
   * @param memory shared by all readers
   * @param deadline for a long answer's room in memory
   */
  AnswerReader(Source source, AnswerMemory memory, Deadline deadline) {
    this.source = source;
    this.deadline = deadline;
    this.answer = new AnswerBuffer(memory);
  }

  /**
   * What comes before a byte, which is taken away.
   *
   * @throws GuestRefusedException if it is longer than an answer may be
   */
  byte[] until(byte end) throws IOException, GuestLoadException, InterruptedException {
    while (true) {
      int at = received.position();
      while (at < received.limit() && received.get(at) != end) {
        at++;
      }
      boolean found = at < received.limit();
      ByteBuffer part = received.slice(received.position(), at - received.position());
      answer.add(part, deadline);
      received.position(found ? at + 1 : at);
      if (found) {
        return answer.take();
      }
      received.clear();
      source.receive(received);
      received.flip();
    }
  }

  @Override
  public void close() {
    answer.close();
  }
}
