package org.vcpuacct.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vcpuacct.host.HostRoot;

/** The reader against agents that do what a real one does not, over real sockets. */
@Timeout(60)
class QemuGuestAgentReaderTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final int MY_PID = (int) ProcessHandle.current().pid();

  @TempDir Path dir;
  private FakeAgent agent;

  @AfterEach
  void closeAgent() throws IOException {
    if (agent != null) {
      agent.close();
    }
  }

  @Test
  void readsWhatTheAgentTells() throws Exception {
    long beforeNs = System.nanoTime();
    GuestLoad load = reader(new ScriptedAgent()).read();

    assertThat(load.atNs()).isBetween(beforeNs, System.nanoTime());
    assertThat(load.source()).isEqualTo(GuestSource.QEMU_GUEST_AGENT);
    assertThat(load.loadAverages()).contains(new LoadAverages(0.5, 0.25, 1));
    assertThat(load.cpus())
        .extracting(GuestCpu::cpu)
        .map(OptionalInt::getAsInt)
        .containsExactly(0, 1);
    GuestCpu cpu = load.cpus().get(0);
    assertThat(cpu.isWholeGuest()).isFalse();
    assertThat(cpu.timesNs())
        .containsEntry(GuestTime.USER, 1_000_000_000L)
        .containsEntry(GuestTime.NICE, 20_000_000L)
        .containsEntry(GuestTime.SYSTEM, 300_000_000L)
        .containsEntry(GuestTime.IDLE, 40_000_000_000L)
        .containsEntry(GuestTime.IOWAIT, 50_000_000L)
        .containsEntry(GuestTime.IRQ, 6_000_000L)
        .containsEntry(GuestTime.SOFTIRQ, 7_000_000L)
        .containsEntry(GuestTime.STEAL, 800_000_000L)
        .containsEntry(GuestTime.GUEST, 9_000_000L)
        .containsEntry(GuestTime.GUEST_NICE, 1_000_000L);
  }

  @Test
  void aTimeThatTheAgentDoesNotTellIsAbsent() throws Exception {
    GuestCpu cpu = reader(new ScriptedAgent()).read().cpus().get(1);

    assertThat(cpu.timesNs()).containsOnlyKeys(GuestTime.USER, GuestTime.SYSTEM, GuestTime.IDLE);
    assertThat(cpu.ns(GuestTime.STEAL)).isEmpty();
  }

  @Test
  void asksWhatTheAgentCanDoOnce() throws Exception {
    QemuGuestAgentReader reader = reader(new ScriptedAgent());
    reader.read();
    reader.read();

    assertThat(agent.commands()).filteredOn(command -> command.contains("guest-info")).hasSize(1);
  }

  @Test
  void readsFilesOfAGuestWithAnOldAgentAndClosesThem() throws Exception {
    GuestLoad load = reader(new FileAgent()).read();

    assertThat(load.cpus()).hasSize(2);
    assertThat(load.cpus().get(0).timesNs())
        .containsEntry(GuestTime.USER, 100_000_000L)
        .containsEntry(GuestTime.STEAL, 800_000_000L)
        .containsEntry(GuestTime.GUEST_NICE, 1_000_000_000L);
    assertThat(load.cpus().get(1).timesNs())
        .containsOnlyKeys(GuestTime.USER, GuestTime.NICE, GuestTime.SYSTEM, GuestTime.IDLE);
    assertThat(load.loadAverages()).contains(new LoadAverages(0.12, 0.34, 5.6));
    assertThat(agent.commands())
        .filteredOn(command -> command.contains("guest-file-close"))
        .hasSize(2);
  }

  @Test
  void aHandleThatCouldNotBeClosedIsClosedNextTime() throws Exception {
    FileAgent files = new FileAgent();
    QemuGuestAgentReader reader = reader(files, Duration.ofMillis(500));
    files.answersReads = false;
    assertThatThrownBy(reader::read).isInstanceOf(GuestNotAnsweringException.class);
    files.answersReads = true;
    reader.read();

    assertThat(files.open).isZero();
  }

  @Test
  void aFileThatCannotBeReadIsClosed() throws Exception {
    FileAgent files = new FileAgent();
    files.readError = true;

    assertThatThrownBy(reader(files)::read)
        .isInstanceOf(GuestRefusedException.class)
        .hasMessageContaining("guest-file-read");
    assertThat(files.open).isZero();
  }

  @Test
  void loadAveragesAreAbsentWhereTheAgentHasNone() throws Exception {
    assertThat(reader(new ScriptedAgent().without("guest-get-load")).read().loadAverages())
        .isEmpty();
  }

  @Test
  void passesOverWhatAnEarlierConversationLeft() throws Exception {
    ScriptedAgent script = new ScriptedAgent();
    FakeAgent.Script afterLeftOvers =
        (command, out) -> {
          if (command.contains("guest-sync-delimited")) {
            FakeAgent.send(out, "{\"return\":[{\"cpu\":7}]}\n{\"error\":{\"cl");
            out.write(0xFF);
            FakeAgent.send(out, "{\"return\":12}\n{\"return\":{}}\nrubbish");
            out.write(0xFF);
            FakeAgent.send(out, "not even JSON\n");
          }
          script.answer(command, out);
        };

    assertThat(reader(afterLeftOvers).read().cpus()).hasSize(2);
  }

  @Test
  void understandsAnAnswerThatDripsIn() throws Exception {
    ScriptedAgent script = new ScriptedAgent();
    FakeAgent.Script dripping =
        (command, out) ->
            script.answer(
                command,
                new OutputStream() {
                  @Override
                  public void write(int b) throws IOException {
                    out.write(b);
                    Thread.onSpinWait();
                  }
                });

    assertThat(reader(dripping).read().cpus()).hasSize(2);
  }

  @Test
  void theTimeOutIsForAllOfAConversation() throws Exception {
    FakeAgent.Script dripping =
        FakeAgent.synchronised(
            (command, out) -> {
              for (int i = 0; i < 1000; i++) {
                out.write(' ');
                Thread.sleep(20);
              }
            });
    long beforeNs = System.nanoTime();

    assertThatThrownBy(reader(dripping, SHORT)::read)
        .isInstanceOf(GuestNotAnsweringException.class)
        .hasMessageContaining("was not complete within 200 ms");
    assertThat(Duration.ofNanos(System.nanoTime() - beforeNs)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void saysThatNothingCame() throws Exception {
    assertThatThrownBy(reader((command, out) -> {}, SHORT)::read)
        .isInstanceOf(GuestNotAnsweringException.class)
        .hasMessage("no answer within 200 ms");
  }

  @Test
  void saysThatHalfALineCame() throws Exception {
    ScriptedAgent half = new ScriptedAgent().answers("guest-get-cpustats", "{\"return\":[{\"cp");

    assertThatThrownBy(reader(half, SHORT)::read)
        .isInstanceOf(GuestNotAnsweringException.class)
        .hasMessageContaining("was not complete");
  }

  @Test
  void saysThatTheConnectionWasClosed() throws Exception {
    FakeAgent.Script closing = FakeAgent.synchronised((command, out) -> out.close());

    assertThatThrownBy(reader(closing)::read)
        .isInstanceOf(GuestNotAnsweringException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void refusesGarbage() throws Exception {
    assertRefused(new ScriptedAgent().answers("guest-info", "garbage\n"), "guest-info");
    assertRefused(new ScriptedAgent().answers("guest-info", "{}\n"), "neither");
    assertRefused(new ScriptedAgent().returns("guest-info", "[]"), "supported_commands");
    assertRefused(new ScriptedAgent().returns("guest-get-cpustats", "{}"), "not a list");
    assertRefused(new ScriptedAgent().returns("guest-get-cpustats", "[{\"user\":1}]"), "number");
    assertRefused(
        new ScriptedAgent().returns("guest-get-cpustats", "[{\"cpu\":0,\"user\":-1}]"),
        "impossible time");
    assertRefused(
        new ScriptedAgent()
            .returns("guest-get-cpustats", "[{\"cpu\":0,\"user\":9223372036854775807}]"),
        "impossible time");
  }

  @Test
  void refusesAnEndlessAnswer() throws Exception {
    assertRefused(FakeAgent.synchronised(QemuGuestAgentReaderTest::flood), "answer too long");
    assertRefused(QemuGuestAgentReaderTest::flood, "answer too long");
    assertRefused(
        (command, out) -> {
          while (true) {
            out.write(0xFF);
            FakeAgent.send(out, "{\"return\":1}\n");
          }
        },
        "answer too long");
  }

  /** Whatever comes of a question, nothing of it is left: no descriptor, no room for an answer. */
  @Test
  void leavesNothingBehindAfterAThousandBadAnswers() throws Exception {
    List<FakeAgent.Script> bad =
        List.of(
            (command, out) -> FakeAgent.send(out, "garbage\n"),
            (command, out) -> FakeAgent.send(out, "{\"return\":[{\"cp"),
            QemuGuestAgentReaderTest::flood,
            (command, out) -> {});
    AtomicInteger turn = new AtomicInteger();
    agent =
        new FakeAgent(
            dir.resolve("bad"),
            FakeAgent.synchronised(
                (command, out) -> bad.get(turn.get() % bad.size()).answer(command, out)));
    AnswerMemory memory = new AnswerMemory();
    QemuGuestAgentReader reader = reader(agent.path(), Duration.ofMillis(10), memory);
    assertThat(failure(reader)).isNotNull();
    long before = openDescriptors();
    while (turn.incrementAndGet() <= 1000) {
      assertThat(failure(reader)).isNotNull();
    }

    // The agent may not have seen yet that its last client is gone, nor at first that its first is.
    assertThat(openDescriptors()).isBetween(before - 1, before + 1);
    memory.enter(Deadline.in(SHORT));
    memory.enter(Deadline.in(SHORT));
  }

  private static long openDescriptors() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.count();
    }
  }

  @Test
  void saysWhatTheAgentSays() throws Exception {
    ScriptedAgent frozen =
        new ScriptedAgent()
            .answers(
                "guest-get-cpustats",
                "{\"error\":{\"class\":\"CommandNotFound\",\"desc\":\"frozen\\u001b[2J\"}}\n");

    assertRefused(frozen, "refused guest-get-cpustats: frozen?[2J");
    assertRefused(
        new ScriptedAgent().answers("guest-info", "{\"error\":{\"class\":\"GenericError\"}}\n"),
        "GenericError");
  }

  @Test
  void saysWhatAnAgentWithoutTheCommandsWouldHaveToAllow() throws Exception {
    assertRefused(new ScriptedAgent().without("guest-get-cpustats"), "allow one of them");
  }

  @Test
  void asksAgainWhatTheAgentCanDoAfterAFailure() throws Exception {
    ScriptedAgent script = new ScriptedAgent();
    QemuGuestAgentReader reader = reader(script);
    reader.read();
    script.without("guest-get-cpustats");
    assertThatThrownBy(reader::read).isInstanceOf(GuestRefusedException.class);
    script.returns("guest-get-cpustats", ScriptedAgent.CPU_STATS);

    assertThat(reader.read().cpus()).hasSize(2);
  }

  @Test
  void saysThatTheSocketIsNotThere() {
    GuestLoadException failure = failure(reader(dir.resolve("none"), SHORT));

    assertThat(failure).isInstanceOf(GuestNotAnsweringException.class);
    assertThat(failure).hasMessageContaining("none is not there");
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    Path path = dir.resolve("left");
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(path))
        .close();

    assertThat(failure(reader(path, SHORT)))
        .isInstanceOf(GuestNotAnsweringException.class)
        .hasMessageContaining("no connection");
  }

  @Test
  void saysThatAnotherClientHasTheSocket() throws Exception {
    agent = new FakeAgent(dir.resolve("qga sock"), (command, out) -> {});
    try (SocketChannel other = SocketChannel.open(UnixDomainSocketAddress.of(agent.path()))) {
      assertThat(other.isConnected()).isTrue();
      for (int i = 0; i < 4; i++) {
        // The first wait for their turn, the later find no room to wait in.
        assertThat(failure(reader(agent.path(), SHORT)))
            .isInstanceOf(GuestRefusedException.class)
            .hasMessageContaining("in use");
      }
    }
  }

  @Test
  void saysThatTheVmmTakesNoConnection() throws Exception {
    Path path = dir.resolve("deaf");
    try (ServerSocketChannel deaf = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      deaf.bind(UnixDomainSocketAddress.of(path), 1);

      assertThat(failure(reader(path, SHORT)))
          .isInstanceOf(GuestNotAnsweringException.class)
          .hasMessageContaining("accepts no connections");
    }
  }

  @Test
  void reachesASocketWhosePathIsAsLongAsItMayBe() throws Exception {
    int room = 106 - dir.toString().length() - 1;
    Path longest = dir.resolve("x".repeat(room));
    agent = new FakeAgent(longest, new ScriptedAgent());

    assertThat(reader(longest, TIMEOUT).read().cpus()).hasSize(2);
  }

  private static void flood(String command, OutputStream out) throws IOException {
    byte[] chunk = "0".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 1600; i++) {
      out.write(chunk);
    }
  }

  private void assertRefused(FakeAgent.Script script, String message) throws IOException {
    assertThatThrownBy(reader(script)::read)
        .isInstanceOf(GuestRefusedException.class)
        .hasMessageContaining(message);
  }

  private static GuestLoadException failure(QemuGuestAgentReader reader) {
    return catchThrowableOfType(GuestLoadException.class, reader::read);
  }

  private QemuGuestAgentReader reader(FakeAgent.Script script) throws IOException {
    return reader(script, TIMEOUT);
  }

  private QemuGuestAgentReader reader(FakeAgent.Script script, Duration timeout)
      throws IOException {
    closeAgent();
    agent = new FakeAgent(dir.resolve("qga" + System.nanoTime()), script);
    return reader(agent.path(), timeout);
  }

  private static QemuGuestAgentReader reader(Path socket, Duration timeout) {
    return reader(socket, timeout, new AnswerMemory());
  }

  private static QemuGuestAgentReader reader(Path socket, Duration timeout, AnswerMemory memory) {
    HostRoot host = new HostRoot(Path.of("/"));
    return new QemuGuestAgentReader(new AgentSocketPath(host, MY_PID, socket), timeout, memory);
  }

  /** An agent from before QEMU 7.1: it has files only. */
  private static final class FileAgent implements FakeAgent.Script {

    private static final String STAT =
        """
        cpu  10 20 30 40 50 60 70 80 90 100
        cpu0 10 20 30 40 50 60 70 80 90 100
        cpu1 1 2 3 4
        intr 5 6
        ctxt 7
        """;

    volatile boolean answersReads = true;
    volatile boolean readError;
    volatile int open;

    private final Map<Long, String> contents = new HashMap<>();
    private long nextHandle = 1000;

    @Override
    public void answer(String command, OutputStream out) throws IOException, InterruptedException {
      FakeAgent.synchronised(this::carryOut).answer(command, out);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void carryOut(String command, OutputStream out) throws IOException {
      if (command.contains("guest-info")) {
        FakeAgent.send(
            out,
            "{\"return\":{\"supported_commands\":[{\"name\":\"guest-file-open\"},"
                + "{\"name\":\"guest-file-read\"},{\"name\":\"guest-file-close\"}]}}\n");
      } else if (command.contains("guest-file-open")) {
        contents.put(nextHandle, command.contains("/proc/stat") ? STAT : "0.12 0.34 5.60 1/80 9\n");
        open++;
        FakeAgent.send(out, "{\"return\":" + nextHandle++ + "}\n");
      } else if (command.contains("guest-file-close")) {
        open -= contents.remove(Long.parseLong(command.replaceAll("\\D", ""))) == null ? 0 : 1;
        FakeAgent.send(out, "{\"return\":{}}\n");
      } else if (readError) {
        FakeAgent.send(out, "{\"error\":{\"class\":\"GenericError\",\"desc\":\"failed\"}}\n");
      } else if (answersReads) {
        read(command, out);
      }
    }

    /** In two parts, as of a long file. */
    private void read(String command, OutputStream out) throws IOException {
      long handle = Long.parseLong(command.replaceAll(".*\"handle\":(\\d+).*", "$1"));
      String content = contents.get(handle);
      String part = content.substring(0, Math.min(20, content.length()));
      contents.put(handle, content.substring(part.length()));
      String base64 = Base64.getEncoder().encodeToString(part.getBytes(StandardCharsets.US_ASCII));
      FakeAgent.send(
          out,
          "{\"return\":{\"count\":%d,\"buf-b64\":\"%s\",\"eof\":%s}}\n"
              .formatted(part.length(), base64, part.length() == content.length()));
    }
  }
}
