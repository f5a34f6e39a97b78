package org.vcpuacct.overload.feed;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.vcpuacct.json.Json;
import org.vcpuacct.json.MalformedJsonException;

/**
 * Who reads a stream, whatever socket it came by. Its socket never blocks: what it does not take
 * waits, and when too much waits it is to be dropped. What waits is shared with the other readers.
 * Not safe for use by two threads.
 */
final class StreamReader implements Closeable {

  /** Steps in which a reader may take nothing, beside what its socket holds for it. */
  private static final int MAX_WAITING = 8;

  /** A name of 255 characters, each of them escaped. */
  private static final int MAX_REQUEST_BYTES = 4096;

  private final ByteChannel channel;
  private final Optional<String> own;
  private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
  private ByteBuffer request = ByteBuffer.allocate(0);
  private Optional<String> chosen;
  private boolean hasChosen;
  private boolean isGreeted;
  private boolean inputEnded;
  private boolean refused;

  /**
   * @param channel a read or write that would block returns 0
   * @param own the one network element that it may read; empty if it may read all
   */
  StreamReader(ByteChannel channel, Optional<String> own) {
    this.channel = channel;
    this.own = own;
    this.chosen = own;
  }

  /**
   * Puts what is due at the end of what waits.
   *
   * @throws IOException if it does not read
   */
  void tell(OverloadNews news) throws IOException {
    if (refused) {
      return;
    }
    if (!isGreeted) {
      greet(news);
    } else if (chosen.isPresent()) {
      add(news.due(chosen.get()));
    } else {
      add(news.due());
    }
  }

  /** Puts all that holds now at the end of what waits. */
  void greet(OverloadNews news) throws IOException {
    isGreeted = true;
    if (chosen.isPresent()) {
      add(news.current(chosen.get()));
    } else {
      add(news.current());
    }
  }

  /** Takes what it has sent: at most one line, which chooses a network element. */
  void receive(OverloadNews news) throws IOException {
    if (!request.hasRemaining()) {
      request = ByteBuffer.allocate(MAX_REQUEST_BYTES);
    }
    int count = channel.read(request);
    if (count < 0) {
      inputEnded = true;
    } else if (count > 0) {
      follow(news);
    }
  }

  private void follow(OverloadNews news) throws IOException {
    int end = 0;
    while (end < request.position() && request.get(end) != '\n') {
      end++;
    }
    if (hasChosen || (end < request.position() && end + 1 < request.position())) {
      refuse("a reader sends one line at most");
    } else if (end < request.position()) {
      hasChosen = true;
      choose(Arrays.copyOf(request.array(), end), news);
      request = ByteBuffer.allocate(1);
    } else if (!request.hasRemaining()) {
      refuse("the line is longer than " + MAX_REQUEST_BYTES + " bytes");
    }
  }

  private void choose(byte[] line, OverloadNews news) throws IOException {
    Optional<String> name = nameIn(line);
    if (name.isEmpty()) {
      refuse("write {\"ne\":\"NAME\"} and a line feed, or nothing");
    } else if (own.isPresent() && !own.equals(name)) {
      refuse("this guest may read its own network element only");
    } else {
      chosen = name;
      if (!news.knows(name.get())) {
        add(OverloadLine.error("there is no such network element now").text());
      }
      greet(news);
    }
  }

  private static Optional<String> nameIn(byte[] line) {
    try {
      return Json.parse(line).string("ne");
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  /** It is to be dropped once it has been told why. */
  void refuse(String problem) throws IOException {
    refused = true;
    inputEnded = true;
    add(OverloadLine.error(problem).text());
  }

  private void add(Optional<OverloadLine> line) throws IOException {
    if (line.isPresent()) {
      add(line.get().text());
    }
  }

  private void add(ByteBuffer text) throws IOException {
    if (!text.hasRemaining()) {
      return;
    }
    if (waiting.size() >= MAX_WAITING) {
      throw new IOException("the reader does not read");
    }
    waiting.add(text);
  }

  /** Sends what its socket takes now. */
  void send() throws IOException {
    while (!waiting.isEmpty()) {
      ByteBuffer first = waiting.peek();
      channel.write(first);
      if (first.hasRemaining()) {
        return;
      }
      waiting.remove();
    }
  }

  /** Whether something waits until its socket takes it. */
  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** Whether it may still send something. */
  boolean isHeard() {
    return !inputEnded;
  }

  /** Whether it was refused and told so. */
  boolean isThrough() {
    return refused && waiting.isEmpty();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
