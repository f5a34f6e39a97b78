package org.vcpuacct.overload.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vcpuacct.overload.feed.Asked.ne;
import static org.vcpuacct.overload.feed.Asked.overload;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Snapshot;

@Timeout(60)
class StreamServerTest {

  @TempDir private Path folder;
  private Path socket;
  private StreamServer server;

  @BeforeEach
  void start() throws IOException {
    socket = folder.resolve("s");
    server = StreamServer.bind(socket, System::nanoTime);
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Snapshot snapshot(long sequence) {
    return Asked.at(
        System.nanoTime(),
        ne(1, "mme", overload(sequence)),
        ne(2, "sgw", overload(sequence + 1_000)));
  }

  /** A reader of the stream. */
  private static final class Reader implements Closeable {

    private final SocketChannel channel;
    private final BufferedReader lines;

    Reader(Path socket) throws IOException {
      channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
      lines = new BufferedReader(Channels.newReader(channel, UTF_8));
    }

    Reader ask(String request) throws IOException {
      channel.write(UTF_8.encode(request));
      return this;
    }

    /** The next line; null at the end of the stream. */
    String line() throws IOException {
      return lines.readLine();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  @Test
  void whoSaysNothingIsToldAll() throws Exception {
    try (Reader reader = new Reader(socket)) {
      publishUntilRead(reader, 1);
      assertThat(reader.line()).contains("\"sgw\"");
      server.publish(snapshot(50));
      String line = reader.line();
      while (!line.contains("\"sequence\":50,")) {
        line = reader.line();
      }
      assertThat(line).contains("\"mme\"");
      assertThat(reader.line()).contains("\"sgw\"", "\"sequence\":1050,");
    }
  }

  /** Whether the reader was let in before a snapshot came nobody knows: again until it was. */
  private String publishUntilRead(Reader reader, long sequence) throws Exception {
    ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();
    ScheduledFuture<?> publishing =
        publisher.scheduleAtFixedRate(
            () -> server.publish(snapshot(sequence)), 0, 50, TimeUnit.MILLISECONDS);
    try {
      return reader.line();
    } finally {
      publishing.cancel(false);
      publisher.shutdown();
      // What it still publishes would be taken for an answer to what is asked next.
      assertThat(publisher.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void whoChoosesIsToldAtOnceAndOfThatOneOnly() throws Exception {
    try (Reader reader = new Reader(socket)) {
      publishUntilRead(reader, 1);
      server.publish(snapshot(2));
      while (!reader.line().contains("\"sequence\":1002,")) {
        // what came before
      }
      reader.ask("{\"ne\":\"sgw\"}\n");
      assertThat(reader.line()).contains("\"sgw\"", "\"sequence\":1002,");
      for (int sequence = 3; sequence < 20; sequence++) {
        server.publish(snapshot(sequence));
        assertThat(reader.line()).contains("\"sgw\"", "\"sequence\":" + (sequence + 1_000) + ",");
      }
    }
  }

  @Test
  void whoChoosesOneThatIsNotThereIsToldSoAndWaits() throws IOException {
    try (Reader reader = new Reader(socket).ask("{\"ne\":\"hss\"}\n")) {
      assertThat(reader.line()).contains("error", "no such network element");
      server.publish(Asked.at(System.nanoTime(), ne(4, "hss", overload(9))));
      assertThat(reader.line()).contains("\"hss\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hello\n", "{}\n", "{\"ne\":7}\n", "[\n", "\n", "\0\n", "{\"ne\":\"a\"}\n{}\n"})
  void nonsenseIsAnsweredAndTheReaderDropped(String request) throws IOException {
    try (Reader reader = new Reader(socket).ask(request)) {
      assertThat(reader.line()).startsWith("{\"error\":");
      assertThat(reader.line()).isNull();
    }
  }

  @Test
  void aLineWithoutEndIsNotKept() throws IOException {
    try (Reader reader = new Reader(socket).ask("x".repeat(5_000))) {
      assertThat(reader.line()).contains("error", "longer than");
    }
  }

  @Test
  void whoHasNothingToSayMayEndItsSide() throws Exception {
    try (Reader reader = new Reader(socket)) {
      reader.channel.shutdownOutput();
      assertThat(publishUntilRead(reader, 1)).contains("\"mme\"");
    }
  }

  @Test
  void onlyTheGroupMayConnect() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-rw----");
  }

  @Test
  void aThousandReadersAreAllTold() throws IOException {
    List<Reader> readers = new ArrayList<>();
    try {
      for (int i = 0; i < 1_000; i++) {
        readers.add(new Reader(socket).ask("{\"ne\":\"mme\"}\n"));
      }
      for (Reader reader : readers) {
        reader.line(); // that there is no such network element: it was let in
      }
      long startNs = System.nanoTime();
      server.publish(snapshot(7));
      long publishedNs = System.nanoTime();
      for (Reader reader : readers) {
        assertThat(reader.line()).contains("\"sequence\":7,");
      }
      System.out.printf(
          "1000 readers: publishing took %d us, until the last had it %d us%n",
          (publishedNs - startNs) / 1_000, (System.nanoTime() - startNs) / 1_000);
    } finally {
      for (Reader reader : readers) {
        reader.close();
      }
    }
  }

  @Test
  void whoStopsReadingIsDroppedAndNobodyWaits() throws IOException {
    List<NeAccount> many =
        IntStream.rangeClosed(1, 500)
            .mapToObj(index -> ne(index, "ne-" + index, overload(index)))
            .toList();
    try (Reader stopped = new Reader(socket);
        Reader reader = new Reader(socket).ask("{\"ne\":\"mme\"}\n")) {
      reader.line();
      long longestNs = 0;
      for (int sequence = 1; sequence <= 100; sequence++) {
        List<NeAccount> nes = new ArrayList<>();
        for (NeAccount ne : many) {
          nes.add(ne.with(overload(sequence)));
        }
        nes.add(ne(1_000, "mme", overload(sequence)));
        long startNs = System.nanoTime();
        server.publish(Asked.at(startNs, nes));
        longestNs = Math.max(longestNs, System.nanoTime() - startNs);
        assertThat(reader.line()).contains("\"sequence\":" + sequence + ",");
      }
      System.out.printf(
          "beside a reader that does not read: publishing took %d us at most%n", longestNs / 1_000);
      ByteBuffer left = ByteBuffer.allocate(1 << 20);
      long bytes = 0;
      int count = stopped.channel.read(left);
      while (count >= 0) {
        bytes += count;
        left.clear();
        count = stopped.channel.read(left);
      }
      assertThat(bytes).isPositive();
    }
  }
}
