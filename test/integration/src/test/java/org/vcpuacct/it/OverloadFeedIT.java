package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What call processing on the host reads of a guest that is overloaded: the file and the stream.
 */
class OverloadFeedIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(1);
  private static final long SPIN_MS = 20_000;
  private static final int READERS = 1_000;
  private static final Pattern LOAD = Pattern.compile(" load=(\\d+) ");
  private static final Duration LATEST_STEP = Duration.ofMillis(500);

  private final ThisMachine host = new ThisMachine();
  private Path folder;
  private Daemon daemon;

  @BeforeEach
  void start() throws IOException {
    folder = Files.createTempDirectory(Path.of("/dev/shm"), "vcpuacct-it");
    daemon =
        Daemon.on(host)
            .snmp("[overload.feed]\ndirectory = \"" + folder + "\"\ngroup = \"root\"")
            .start();
  }

  @AfterEach
  void end() throws IOException {
    daemon.close();
    host.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aGuestThatSpinsIsToShedOrTheHostIsToBlame() throws IOException {
    String reader = compileReader();
    try (Payload guest = Payload.start(host, "spin", "--phase", "v0:spin=" + SPIN_MS);
        SocketChannel stream = connect("spin")) {
      daemon.manager().awaitRow(guest.name(), true);
      Await.until("a record of low load", LIMIT, () -> loadOf(reader) >= 0 && loadOf(reader) < 50);
      guest.beginPhase();
      long beganNs = System.nanoTime();
      Await.until("a record of full load", LIMIT, () -> loadOf(reader) >= 95);
      Figures.show(
          "from a step in load to the record, with a step each second: %d ms",
          (System.nanoTime() - beganNs) / 1_000_000);
      // This machine is not ours alone: it may be others who take the time.
      Await.until(
          "shedding, or a cause that is not the guest's",
          LIMIT,
          () -> !said(reader).contains(" reduction=0 ") || said(reader).contains(" cause=4 "));
      Figures.show("the file says: %s", said(reader).strip());
      String line = lastLine(stream);
      Figures.show("the stream says: %s", line);
      assertThat(line).startsWith("{\"ne\":\"spin\",").contains("\"algorithm\":\"loss\"");
      assertThat(line).doesNotContain("\"cause\":\"none\"");
    }
    Await.until("no record of it", LIMIT, () -> said(reader).contains("ENOENT"));
    daemon.kill();
    assertThat(said(reader)).contains("ENOENT");
  }

  @Test
  void aSecondDaemonOnTheSameFolderIsRefused() {
    String config =
        host.put(
            "second.toml",
            "[agent]\nstate-dir = \"%s\"\n[overload.feed]\ndirectory = \"%s\"\ngroup = \"root\"\n"
                .formatted(host.newStateDir(), folder));
    Program.Result second =
        Program.run(LIMIT, "java", "-jar", Project.JAR.toString(), "run", "--config", config);
    assertThat(second.status()).isEqualTo(2);
    assertThat(second.err()).contains("another vcpuacct uses " + folder, "overload.feed.directory");
  }

  @Test
  void neitherReadersNorThoseThatDoNotReadDelayAStep() throws IOException {
    List<SocketChannel> readers = new ArrayList<>();
    try (Payload guest = Payload.start(host, "idle", "--phase", "v0:idle=1")) {
      daemon.manager().awaitRow(guest.name(), true);
      for (int i = 0; i < READERS; i++) {
        readers.add(connect("idle"));
      }
      Duration latest = Duration.ZERO;
      for (int i = 0; i < 3; i++) {
        daemon.manager().awaitNewFigures();
        long us = daemon.snmp().get("VCPU-ACCT-MIB::vaAgentStepLatenessMicroseconds.0").asLong();
        latest =
            latest.compareTo(Duration.ofNanos(us * 1_000)) < 0
                ? Duration.ofNanos(us * 1_000)
                : latest;
      }
      Figures.show("with %d readers that do not read, steps were %s late at most", READERS, latest);
      assertThat(latest).isLessThan(LATEST_STEP);
    } finally {
      for (SocketChannel reader : readers) {
        reader.close();
      }
    }
  }

  private SocketChannel connect(String ne) throws IOException {
    SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("overload.sock")));
    channel.write(StandardCharsets.UTF_8.encode("{\"ne\":\"" + ne + "\"}\n"));
    return channel;
  }

  private static String lastLine(SocketChannel stream) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    stream.read(bytes);
    String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    return text.lines().reduce((one, next) -> next).orElse("");
  }

  private static String compileReader() {
    String program = Project.OUTPUT.resolve("overload-reader").toString();
    String include = "-I" + Project.file("native-perf/src/main/include");
    String source = Project.file("test/feed/overload-reader.c");
    Program.run(BUILD_LIMIT, "gcc", "-std=c11", "-O2", include, "-o", program, source).orFail();
    return program;
  }

  private String said(String reader) {
    String file = folder.resolve("overload").toString();
    return Program.run(LIMIT, reader, "print", file, "spin").orFail().out();
  }

  private int loadOf(String reader) {
    Matcher load = LOAD.matcher(said(reader));
    return load.find() ? Integer.parseInt(load.group(1)) : -1;
  }
}
