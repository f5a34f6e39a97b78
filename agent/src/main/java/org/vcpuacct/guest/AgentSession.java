package org.vcpuacct.guest;

import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.vcpuacct.json.Json;
import org.vcpuacct.json.MalformedJsonException;

/**
 * A conversation with qemu-guest-agent over its socket, which begins by passing over whatever
 * earlier conversations have left there unread.
 */
final class AgentSession implements AgentChannel {

  private static final byte LINE_END = '\n';

  /** No byte of UTF-8: it ends what a client may have left half sent, and half read. */
  private static final byte SENTINEL = (byte) 0xFF;

  private final AgentSocket socket;

  /** Begins to talk on a connection; the caller closes it. */
  AgentSession(AgentSocket socket) throws GuestLoadException, InterruptedException {
    this.socket = socket;
    try {
      synchronise();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * By guest-sync-delimited (qga/qapi-schema.json): the agent sends the sentinel before its answer,
   * so that all older answers end there, whole or not.
   */
  private void synchronise() throws IOException, GuestLoadException, InterruptedException {
    int id = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
    socket.send(new byte[] {SENTINEL});
    socket.send(line(AgentMessages.command("guest-sync-delimited", "{\"id\":" + id + "}")));
    long passedBytes = 0;
    while (true) {
      passedBytes += socket.receiveUntil(SENTINEL).length;
      byte[] answer = socket.receiveUntil(LINE_END);
      if (isAnswer(answer, id)) {
        return;
      }
      passedBytes += answer.length;
      if (passedBytes > AnswerMemory.MAX_BYTES) {
        throw new GuestRefusedException(
            "answer too long: " + passedBytes + " bytes, and none of them answers this question");
      }
    }
  }

  private static boolean isAnswer(byte[] answer, int id) {
    try {
      return Json.parse(answer).integer("return").equals(OptionalLong.of(id));
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  @Override
  public Json execute(String command, String arguments)
      throws GuestLoadException, InterruptedException {
    try {
      socket.send(line(AgentMessages.command(command, arguments)));
      return AgentMessages.returned(command, socket.receiveUntil(LINE_END));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private static byte[] line(String message) {
    return AgentMessages.bytes(message + "\n");
  }

  private static GuestNotAnsweringException broken(IOException e) {
    return new GuestNotAnsweringException("the connection broke: " + e.getMessage());
  }
}
