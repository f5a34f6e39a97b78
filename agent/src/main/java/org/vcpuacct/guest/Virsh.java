package org.vcpuacct.guest;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running virsh, libvirt's own command line (virsh(1)), which takes one command after the other.
 *
 * <p>libvirt is asked through it because a call into libvirt's library cannot be given up: a
 * libvirtd that is stopped holds the caller for as long as it likes, and this process with it. A
 * child can be killed. The protocol between the two is libvirt's own and may change at any time.
 *
 * <p>For one thread at a time.
 */
final class Virsh implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Virsh.class);

  /**
   * Its messages are read, so they must not be translated; nor may a user's editing keys matter.
   */
  private static final Map<String, String> ENVIRONMENT =
      Map.of("LC_ALL", "C", "TERM", "dumb", "INPUTRC", "/dev/null", "XDG_CACHE_HOME", "/dev/null");

  /** Where it finds that it cannot keep a history of commands. */
  private static final String NO_HISTORY = "'/dev/null/";

  /** Of a connection that may be written to; it is there before each command. */
  private static final Pattern PROMPTS = Pattern.compile("^(virsh # )+");

  private static final String ERROR = "error: ";

  /**
   * What came of a command.
   *
   * @param json the line that is a JSON object, if there is one
   * @param error what virsh complained of last, if it did
   */
  record Outcome(Optional<String> json, Optional<String> error) {

    private static final Outcome NOTHING = new Outcome(Optional.empty(), Optional.empty());

    private Outcome and(String line) {
      if (line.startsWith("{")) {
        return new Outcome(Optional.of(line), error);
      }
      return line.startsWith(ERROR) && !line.contains(NO_HISTORY)
          ? new Outcome(json, Optional.of(line.substring(ERROR.length())))
          : this;
    }
  }

  private final Process process;
  private final OutputStream commands;
  private final InputStream output;
  private final AnswerMemory memory;
  private boolean awaitsCommand = true;

  private Virsh(Process process, AnswerMemory memory) {
    this.process = process;
    this.commands = process.getOutputStream();
    this.output = process.getInputStream();
    this.memory = memory;
  }

  /**
   * Starts one. It connects by itself.
   *
   * @param program its name, or path
   * @param uri libvirt's, for example {@code qemu:///system}
   * @throws IOException if the program cannot be run
   */
  static Virsh start(String program, String uri, AnswerMemory memory) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(program, "--connect", uri).redirectErrorStream(true);
    builder.environment().putAll(ENVIRONMENT);
    return new Virsh(builder.start(), memory);
  }

  /** Whether it can take another command. */
  boolean awaitsCommand() {
    return awaitsCommand && process.isAlive();
  }

  /**
   * Runs a command; virsh is killed if that is not done before a deadline.
   *
   * @param awaited what has not happened then, for the message
   */
  Outcome run(String command, Deadline deadline, String awaited)
      throws GuestLoadException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    awaitsCommand = false;
    CompletableFuture<Void> done = new CompletableFuture<>();
    CompletableFuture<Void> unused =
        done.orTimeout(deadline.leftMs(awaited), MILLISECONDS)
            .whenComplete((nothing, timeout) -> killIf(timeout != null));
    try (AnswerReader answers = new AnswerReader(this::receive, memory, deadline)) {
      Outcome outcome = converse(command, answers);
      boolean killed = !done.complete(null);
      if (killed && !awaitsCommand) {
        throw deadline.missed(awaited);
      }
      awaitsCommand &= !killed;
      return outcome;
    } finally {
      done.complete(null);
    }
  }

  private void killIf(boolean isLate) {
    if (isLate) {
      process.destroyForcibly();
    }
  }

  /**
   * Nothing in virsh's output tells where an answer ends, and a guest's words may be in it. So an
   * echo that no guest can foresee comes after it.
   */
  private Outcome converse(String command, AnswerReader answers)
      throws GuestLoadException, InterruptedException {
    String mark = UUID.randomUUID().toString();
    send(command + "\necho " + mark + "\n");
    Outcome outcome = Outcome.NOTHING;
    Optional<String> line = line(answers);
    while (line.isPresent() && !line.get().equals(mark)) {
      outcome = outcome.and(line.get());
      line = line(answers);
    }
    awaitsCommand = line.isPresent();
    return outcome;
  }

  private void send(String lines) {
    try {
      commands.write(AgentMessages.bytes(lines));
      commands.flush();
    } catch (IOException e) {
      LOG.debug("virsh takes no command; its output says why", e);
    }
  }

  /** The next line of the output; empty at its end. */
  private static Optional<String> line(AnswerReader answers)
      throws GuestLoadException, InterruptedException {
    try {
      String line = new String(answers.until((byte) '\n'), StandardCharsets.UTF_8);
      return Optional.of(PROMPTS.matcher(line).replaceFirst(""));
    } catch (IOException e) {
      LOG.debug("no more output", e);
      return Optional.empty();
    }
  }

  private void receive(ByteBuffer received) throws IOException {
    byte[] chunk = new byte[received.remaining()];
    int count = output.read(chunk);
    if (count < 0) {
      throw new EOFException("virsh has ended");
    }
    received.put(chunk, 0, count);
  }

  /** Ends it, whatever it is doing. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
