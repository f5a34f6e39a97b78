package org.vcpuacct.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks qemu-guest-agent on the VMM's Unix-domain socket. The socket takes one client at a time: it
 * is connected to for one conversation and left to others between them.
 */
final class QemuGuestAgentReader implements GuestLoadReader {

  private static final long EXPLAIN_AGAIN_NS = 60_000_000_000L;

  private final AgentSocketPath path;
  private final Duration timeout;
  private final AnswerMemory memory;
  private final AgentQuestions questions = new AgentQuestions(GuestSource.QEMU_GUEST_AGENT);
  private Optional<GuestLoadException> explained = Optional.empty();
  private long explainedNs;

  /**
   * @param timeout for one conversation as a whole
   * @param memory shared by all readers
   */
  QemuGuestAgentReader(AgentSocketPath path, Duration timeout, AnswerMemory memory) {
    this.path = path;
    this.timeout = timeout;
    this.memory = memory;
  }

  @Override
  public GuestLoad read() throws GuestLoadException, InterruptedException {
    Deadline deadline = Deadline.in(timeout);
    Path reachable = path.reachable();
    try (AgentSocket socket = AgentSocket.connect(reachable, deadline, memory)) {
      GuestLoad load = converse(socket);
      explained = Optional.empty();
      return load;
    } catch (IOException e) {
      throw explain(new GuestNotAnsweringException("no connection: " + e.getMessage()));
    }
  }

  private GuestLoad converse(AgentSocket socket) throws GuestLoadException, InterruptedException {
    try {
      return questions.ask(new AgentSession(socket));
    } catch (GuestNotAnsweringException e) {
      throw socket.hasReceived() ? e : explain(e);
    }
  }

  /** The host is looked at once a minute: its list of sockets may be long. */
  private GuestLoadException explain(GuestLoadException silence) {
    long nowNs = System.nanoTime();
    if (explained.isEmpty() || nowNs - explainedNs > EXPLAIN_AGAIN_NS) {
      explained = Optional.of(path.explain(silence));
      explainedNs = nowNs;
    }
    return explained.get();
  }
}
