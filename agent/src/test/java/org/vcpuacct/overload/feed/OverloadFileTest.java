package org.vcpuacct.overload.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vcpuacct.overload.feed.Asked.VALIDITY_NS;
import static org.vcpuacct.overload.feed.Asked.ne;
import static org.vcpuacct.overload.feed.Asked.ofUnknownLoad;
import static org.vcpuacct.overload.feed.Asked.overload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vcpuacct.ledger.NeAccount;

class OverloadFileTest {

  private static final long START_NS = 50_000_000_000L;

  @TempDir private Path folder;
  private Path path;
  private long nowNs = START_NS;

  @BeforeEach
  void namePath() {
    path = folder.resolve("overload");
  }

  private OverloadFile reader(String ne) {
    return new OverloadFile(path, ne, () -> nowNs);
  }

  @Test
  void aReaderGetsWhatTheSnapshotSays() throws IOException {
    OverloadFileWriter writer = new OverloadFileWriter(path);
    writer.write(Asked.at(nowNs, ne(3, "sgw", overload(8)), ne(7, "mme-ü", overload(99))));

    OverloadRecord expected = new OverloadRecord(7, START_NS, START_NS + VALIDITY_NS, overload(99));
    assertThat(reader("mme-ü").read()).contains(expected);
    assertThat(reader("mme").read()).isEmpty();
  }

  @Test
  void itsReaderFollowsEachSnapshot() throws IOException {
    OverloadFileWriter writer = new OverloadFileWriter(path);
    OverloadFile reader = reader("mme");
    for (int sequence = 1; sequence <= 500; sequence++) {
      nowNs += 1_000_000;
      writer.write(Asked.at(nowNs, ne(7, "mme", overload(sequence))));
      assertThat(reader.read().orElseThrow().overload()).isEqualTo(overload(sequence));
    }
  }

  @Test
  void whatWasSaidExpires() throws IOException {
    OverloadFileWriter writer = new OverloadFileWriter(path);
    writer.write(Asked.at(nowNs, ne(7, "mme", overload(1))));
    OverloadFile reader = reader("mme");

    nowNs = START_NS + VALIDITY_NS - 1;
    assertThat(reader.read()).isPresent();
    nowNs = START_NS + VALIDITY_NS;
    assertThat(reader.read()).isEmpty();
  }

  @Test
  void whatWasSaidBeforeTheLastBootIsNotValid() throws IOException {
    new OverloadFileWriter(path).write(Asked.at(nowNs, ne(7, "mme", overload(1))));
    nowNs = START_NS - 1;

    assertThat(reader("mme").read()).isEmpty();
  }

  @Test
  void anUnknownLoadIsNothingAndLeavesWhatWasSaidUntilItExpires() throws IOException {
    OverloadFileWriter writer = new OverloadFileWriter(path);
    OverloadFile reader = reader("mme");
    writer.write(Asked.at(nowNs, ofUnknownLoad(7, "mme")));
    assertThat(reader.read()).isEmpty();

    writer.write(Asked.at(nowNs, ne(7, "mme", overload(5))));
    nowNs += VALIDITY_NS - 1;
    writer.write(Asked.at(nowNs, ofUnknownLoad(7, "mme")));
    assertThat(reader.read()).isPresent();
    nowNs++;
    assertThat(reader.read()).isEmpty();
  }

  @Test
  void theRecordOfOneThatLeftIsNotTakenForAnothers() throws IOException {
    OverloadFileWriter writer = new OverloadFileWriter(path);
    OverloadFile reader = reader("mme");
    writer.write(Asked.at(nowNs, ne(7, "mme", overload(5))));
    assertThat(reader.read()).isPresent();

    writer.write(Asked.at(nowNs, ne(8, "sgw", overload(6))));
    assertThat(reader.read()).isEmpty();
    assertThat(reader("sgw").read()).isPresent();

    writer.write(Asked.at(nowNs, ne(8, "sgw", overload(6)), ne(7, "mme", overload(7))));
    assertThat(reader.read().orElseThrow().overload().sequence()).isEqualTo(7);
  }

  @Test
  void readersFollowAFileThatGrows() throws IOException {
    OverloadFileWriter writer = new OverloadFileWriter(path);
    OverloadFile reader = reader("ne-1");
    writer.write(Asked.at(nowNs, ne(1, "ne-1", overload(1))));
    assertThat(reader.read()).isPresent();
    long before = Files.size(path);

    writer.write(Asked.at(nowNs, many(1_000, 2)));

    assertThat(Files.size(path)).isGreaterThan(before);
    assertThat(reader.read().orElseThrow().overload().sequence()).isEqualTo(2);
    assertThat(reader("ne-1000").read().orElseThrow().overload().sequence()).isEqualTo(2);
  }

  @Test
  void whatIsStillValidOutlivesTheGrowth() throws IOException {
    OverloadFileWriter writer = new OverloadFileWriter(path);
    writer.write(Asked.at(nowNs, ne(2_000, "mme", overload(1))));
    List<NeAccount> nes = new java.util.ArrayList<>(many(100, 2));
    nes.add(ofUnknownLoad(2_000, "mme"));

    writer.write(Asked.at(nowNs, nes));

    assertThat(reader("mme").read()).isPresent();
  }

  private static List<NeAccount> many(int count, int sequence) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(index -> ne(index, "ne-" + index, overload(sequence)))
        .toList();
  }

  @Test
  void readersFollowTheNextDaemon() throws IOException {
    new OverloadFileWriter(path).write(Asked.at(nowNs, ne(7, "mme", overload(1))));
    OverloadFile reader = reader("mme");
    assertThat(reader.read()).isPresent();

    OverloadFileWriter next = new OverloadFileWriter(path);
    assertThat(reader.read()).isEmpty();
    next.write(Asked.at(nowNs, ne(7, "mme", overload(2))));
    assertThat(reader.read().orElseThrow().overload().sequence()).isEqualTo(2);
  }

  @Test
  void readersFollowTheNextDaemonWhenTheOldFileIsGone() throws IOException {
    new OverloadFileWriter(path).write(Asked.at(nowNs, ne(7, "mme", overload(1))));
    OverloadFile reader = reader("mme");
    assertThat(reader.read()).isPresent();
    Files.delete(path);
    nowNs += VALIDITY_NS;
    assertThatThrownBy(reader::read).isInstanceOf(NoSuchFileException.class);

    new OverloadFileWriter(path).write(Asked.at(nowNs, ne(7, "mme", overload(2))));
    assertThat(reader.read().orElseThrow().overload().sequence()).isEqualTo(2);
  }

  @Test
  void aReaderDoesNotHangOnARecordWhoseWriterDied() throws IOException {
    new OverloadFileWriter(path).write(Asked.at(nowNs, ne(7, "mme", overload(1))));
    OverloadFile knew = reader("mme");
    assertThat(knew.read()).isPresent();
    int lockAt = RecordLayout.recordAt(0) + RecordLayout.LOCK_AT;
    patch(lockAt, ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(0, 5));
    assertThat(knew.read()).isPresent();
    OverloadFile reader = reader("mme");
    assertThat(reader.read()).isEmpty();

    new OverloadFileWriter(path).write(Asked.at(nowNs, ne(7, "mme", overload(2))));
    assertThat(reader.read()).isPresent();
    assertThat(knew.read().orElseThrow().overload().sequence()).isEqualTo(2);
  }

  @Test
  void anEndedDaemonsFileIsNotReadAnyMore() throws IOException {
    OverloadFileWriter writer = new OverloadFileWriter(path);
    writer.write(Asked.at(nowNs, ne(7, "mme", overload(1))));
    writer.close();
    OverloadFile reader = reader("mme");
    // Until it expires: who has just been told may act on it.
    assertThat(reader.read()).isPresent();
    nowNs += VALIDITY_NS;
    assertThat(reader.read()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 1, no file of", "8, 9, no file of", "12, 9, contradicts", "16, 9, contradicts"})
  void anotherSortOfFileIsRefused(int at, byte value, String problem) throws IOException {
    new OverloadFileWriter(path);
    patch(at, ByteBuffer.wrap(new byte[] {value}));

    assertThatThrownBy(() -> reader("mme").read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining(problem);
  }

  @Test
  void aFileThatIsTooShortIsRefused() throws IOException {
    new OverloadFileWriter(path);
    byte[] whole = Files.readAllBytes(path);
    for (int length : new int[] {0, 63, 64, whole.length - 1}) {
      Files.delete(path);
      Files.write(path, java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> reader("mme").read()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aWriterReplacesAnythingOfTheSameName() throws IOException {
    Files.writeString(path, "something else");
    new OverloadFileWriter(path).write(Asked.at(nowNs, ne(7, "mme", overload(2))));

    assertThat(reader("mme").read()).isPresent();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void aLongNameIsCutBetweenCharacters() throws IOException {
    String name = "ü".repeat(200);
    new OverloadFileWriter(path).write(Asked.at(nowNs, ne(7, name, overload(2))));

    assertThat(reader(name).read()).isPresent();
    assertThat(RecordName.encode(name)[253]).isNotZero();
    assertThat(RecordName.encode(name)[254]).isZero();
  }

  private void patch(int at, ByteBuffer bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.write(bytes, at);
    }
  }
}
