package org.vcpuacct.overload.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vcpuacct.overload.feed.Asked.overload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers against a writer at full speed. Everything in a record follows from its sequence number,
 * so that a record of two writes would show. {@code -Dvcpuacct.feed.reads=10000000} looks longer.
 */
class TornReadTest {

  private static final int READS = Integer.getInteger("vcpuacct.feed.reads", 1_000_000);

  /** A reader that met fewer of them was beside no writer: the host had other work for the CPUs. */
  private static final int DIFFERENT = 10;

  private static final String NE = "mme";
  private static final long START_NS = System.nanoTime();

  @TempDir private Path folder;
  private Path path;
  private volatile boolean stopped;
  private long writes;
  private Thread writer;

  @BeforeEach
  void startWriter() throws IOException {
    path = folder.resolve("overload");
    new OverloadFileWriter(path).write(Asked.at(START_NS, Asked.ne(7, NE, overload(1))));
    RecordMemory memory;
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      memory = RecordMemory.map(channel, FileChannel.MapMode.READ_WRITE, path);
    }
    ByteBuffer record =
        ByteBuffer.allocate(RecordLayout.RECORD_BYTES).order(ByteOrder.nativeOrder());
    record.put(RecordLayout.NAME_AT, RecordName.encode(NE));
    recordOf(1).encode(record);
    memory.write(0, record);
    writer = new Thread(() -> write(memory, record), "writer");
    writer.start();
  }

  private void write(RecordMemory memory, ByteBuffer record) {
    for (long sequence = 1; !stopped; sequence++) {
      recordOf(sequence).encode(record);
      memory.write(0, record);
      writes++;
    }
  }

  private static OverloadRecord recordOf(long sequence) {
    long validUntilNs = START_NS + TimeUnit.HOURS.toNanos(1) + sequence;
    return new OverloadRecord(7, START_NS - sequence, validUntilNs, overload(sequence));
  }

  @AfterEach
  void stopWriter() throws InterruptedException {
    stopped = true;
    writer.join();
  }

  @Test
  @Timeout(300)
  void noneIsTornInJava() throws Exception {
    OverloadFile reader = new OverloadFile(path, NE);
    // The host may have stopped the writer in the middle: then there is nothing yet.
    while (reader.read().isEmpty()) {
      Thread.onSpinWait();
    }
    int different = 0;
    long last = 0;
    for (int i = 0; i < READS || different <= DIFFERENT; i++) {
      OverloadRecord read = reader.read().orElseThrow();
      long sequence = read.overload().sequence();
      assertThat(read).isEqualTo(recordOf(sequence));
      different += sequence == last ? 0 : 1;
      last = sequence;
    }
    stopWriter();
    show("Java", different);
  }

  @Test
  @Timeout(300)
  void noneIsTornInC() throws Exception {
    Path program = compile(Stream.of("clang", "-std=c11", "-O2"));
    int different = 0;
    while (different <= DIFFERENT) {
      String said = run(program.toString(), "count", path.toString(), NE, Integer.toString(READS));
      different = Integer.parseInt(said.strip());
    }
    stopWriter();
    show("C", different);
  }

  @Test
  void theHeaderIsCleanInCAndInCPlusPlus() throws Exception {
    String[] warnings = {"-Wcast-align", "-Wcast-qual", "-Wconversion", "-Wshadow"};
    compile(Stream.concat(Stream.of("clang", "-std=c11"), Stream.of(warnings)));
    Path program =
        compile(Stream.concat(Stream.of("clang", "-x", "c++", "-std=c++11"), Stream.of(warnings)));
    stopWriter();
    assertThat(run(program.toString(), "print", path.toString(), NE)).contains("level=");
  }

  @Test
  void theReaderInCSaysWhyThereIsNothing() throws Exception {
    Path program = compile(Stream.of("clang", "-std=c11"));
    assertThat(run(program.toString(), "print", path.toString(), "other")).contains("ENOENT");
    assertThat(run(program.toString(), "print", path + "-not", NE)).contains("ENOENT");
    Path other = Files.writeString(folder.resolve("other"), "x".repeat(100));
    assertThat(run(program.toString(), "print", other.toString(), NE)).contains("EPROTO");
    stopWriter();
    Path expired = folder.resolve("expired");
    new OverloadFileWriter(expired)
        .write(Asked.at(System.nanoTime() - Asked.VALIDITY_NS, Asked.ne(7, NE, overload(1))));
    assertThat(run(program.toString(), "print", expired.toString(), NE)).contains("ESTALE");
  }

  private void show(String language, int different) {
    System.out.printf(
        "%d reads or more in %s, none torn: %d times another record; %d writes%n",
        READS, language, different, writes);
  }

  private Path compile(Stream<String> compiler) throws Exception {
    Path program = folder.resolve("overload-reader");
    List<String> words = new ArrayList<>(compiler.toList());
    words.addAll(
        List.of("-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I../native-perf/src/main/include"));
    words.addAll(List.of("-o", program.toString(), "../test/feed/overload-reader.c"));
    run(words.toArray(String[]::new));
    return program;
  }

  private String run(String... words) throws Exception {
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    Optional<Integer> status =
        process.waitFor(5, TimeUnit.MINUTES) ? Optional.of(process.exitValue()) : Optional.empty();
    process.destroyForcibly();
    assertThat(status).as(Files.readString(said)).contains(0);
    return Files.readString(said);
  }
}
