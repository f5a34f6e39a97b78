package org.vcpuacct.alarm.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vcpuacct.alarm.Notification;

/** The log in the face of what ends daemons and damages files. */
@Timeout(120)
class NotificationLogTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final LogLimits SMALL = new LogLimits(800, 1 << 20);

  @TempDir private Path dir;

  @Test
  void whatIsAcceptedIsSentInItsOrderAndOnce() throws Exception {
    try (NotificationLog log = open();
        Outbox outbox = log.outbox("nms")) {
      assertThat(outbox.peek()).isEmpty();
      log.accept(Notifications.range(1, 3));
      assertThat(take(outbox, 3)).isEqualTo(Notifications.range(1, 3));
      assertThat(outbox.peek()).isEmpty();
    }
  }

  @Test
  void aRestartGoesOnWhereTheTargetWas() throws Exception {
    try (NotificationLog log = open();
        Outbox outbox = log.outbox("nms")) {
      outbox.peek();
      log.accept(Notifications.range(1, 10));
      take(outbox, 4);
    }
    try (NotificationLog log = open();
        Outbox outbox = log.outbox("nms")) {
      assertThat(log.lastSequence()).isEqualTo(10);
      log.accept(Notifications.range(11, 12));
      assertThat(take(outbox, 8)).isEqualTo(Notifications.range(5, 12));
    }
  }

  @Test
  void aTargetThatIsNewBeginsWithWhatComes() throws Exception {
    write(1, 5);
    try (NotificationLog log = open();
        Outbox outbox = log.outbox("new")) {
      log.accept(Notifications.range(6, 6));
      assertThat(take(outbox, 1)).isEqualTo(Notifications.range(6, 6));
    }
  }

  @Test
  void alarmsThatAreActiveOutliveARestartAndTheSegmentsThatRaisedThem() throws Exception {
    Notification first = Notifications.number(1);
    try (NotificationLog log = NotificationLog.open(dir, SMALL);
        Outbox outbox = log.outbox("nms")) {
      outbox.peek();
      log.accept(List.of(first));
      take(outbox, 1);
      for (long next = 3; next < 3_000; next += 100) { // whose alarms all are cleared
        log.accept(Notifications.range(next, next + 99));
        take(outbox, 100);
      }
    }
    assertThat(segments().get(0).getFileName().toString()).isNotEqualTo(segmentName(1));
    try (NotificationLog log = NotificationLog.open(dir, SMALL)) {
      assertThat(log.known()).startsWith(first).hasSize(1 + log.recent().size());
    }
  }

  @Test
  void theOldestAreDroppedAtTheBoundAndTheRestIsStillInOrder() throws Exception {
    try (NotificationLog log = NotificationLog.open(dir, SMALL);
        Outbox outbox = log.outbox("nms")) {
      outbox.peek();
      for (long next = 1; next <= 5_000; next += 50) {
        log.accept(Notifications.range(next, next + 49));
        awaitLast(log, next + 49);
      }
      List<Notification> sent = take(outbox, 700);
      long from = sent.get(0).sequence();
      assertThat(from).isBetween(4_201L, 4_301L);
      assertThat(sent).isEqualTo(Notifications.range(from, from + 699));
      assertThat(log.recent()).isEqualTo(Notifications.range(4_001, 5_000));
    }
    assertThat(segments().size()).isLessThanOrEqualTo(LogLimits.SEGMENTS + 1);
  }

  @Test
  void otherLimitsHoldFromTheNextNotificationOn() throws Exception {
    try (NotificationLog log = open()) {
      for (long next = 1; next <= 2_000; next += 50) {
        log.accept(Notifications.range(next, next + 49));
        awaitLast(log, next + 49);
      }
      long before = octets();

      log.use(new LogLimits(1_000_000, before / 2));
      for (long next = 2_001; next <= 4_000; next += 50) {
        log.accept(Notifications.range(next, next + 49));
        awaitLast(log, next + 49);
      }
      assertThat(octets()).isLessThanOrEqualTo(before);
      assertThat(log.lastSequence()).isEqualTo(4_000);
    }
  }

  @Test
  void bytesAreBoundedToo() throws Exception {
    LogLimits limits = new LogLimits(1_000_000, 100_000);
    try (NotificationLog log = NotificationLog.open(dir, limits)) {
      for (long next = 1; next <= 5_000; next += 50) {
        log.accept(Notifications.range(next, next + 49));
        awaitLast(log, next + 49);
      }
    }
    assertThat(octets()).isBetween(80_000L, 100_000L);
  }

  private long octets() throws IOException {
    long octets = 0;
    for (Path segment : segments()) {
      octets += Files.size(segment);
    }
    return octets;
  }

  @Test
  void aFileCutAtAnyLengthLosesTheTornRecordAndNothingElse() throws Exception {
    write(1, 3);
    Path segment = segments().get(0);
    byte[] whole = Files.readAllBytes(segment);
    List<Integer> ends = recordEnds(whole);
    for (int length = 0; length <= whole.length; length++) {
      int cut = length;
      Files.write(segment, Arrays.copyOf(whole, length));
      long left = ends.stream().filter(end -> end <= cut).count();
      LogContents contents = new LogContents(10);
      LogRecovery.read(folder(), contents);
      assertThat(contents.recent()).isEqualTo(Notifications.range(1, left));
      assertThat(contents.lastSequence()).isEqualTo(left);
      if (left > 0) {
        assertThat(Files.size(segment)).isEqualTo(ends.get((int) left - 1).longValue());
      } else {
        assertThat(segment).doesNotExist();
      }
    }
  }

  @Test
  void aFlippedBitAnywhereCostsItsRecordAndNoOther() throws Exception {
    write(1, 5);
    Path segment = segments().get(0);
    byte[] whole = Files.readAllBytes(segment);
    List<Integer> ends = recordEnds(whole);
    Random random = new Random(2);
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(segment, flipped);
      int flippedAt = at;
      long damaged = 1 + ends.stream().filter(end -> end <= flippedAt).count();
      LogContents contents = new LogContents(10);
      LogRecovery.read(folder(), contents);
      assertThat(contents.recent())
          .as("octet %d", at)
          .isEqualTo(
              LongStream.rangeClosed(1, 5)
                  .filter(sequence -> sequence != damaged)
                  .mapToObj(Notifications::number)
                  .toList());
    }
  }

  @Test
  void theLogGoesOnBehindWhatWasTorn() throws Exception {
    write(1, 3);
    Path segment = segments().get(0);
    byte[] whole = Files.readAllBytes(segment);
    Files.write(segment, Arrays.copyOf(whole, whole.length - 1));
    write(3, 4);
    try (NotificationLog log = open()) {
      assertThat(log.recent()).isEqualTo(Notifications.range(1, 4));
    }
  }

  @Test
  void aNumberThatWasSentIsNotUsedAgainWhateverHappensToTheLog() throws Exception {
    try (NotificationLog log = open();
        Outbox outbox = log.outbox("nms")) {
      outbox.peek();
      log.accept(Notifications.range(1, 7));
      take(outbox, 7);
    }
    for (Path segment : segments()) {
      Files.delete(segment);
    }
    try (NotificationLog log = open()) {
      assertThat(log.lastSequence()).isEqualTo(7);
    }
  }

  @Test
  void anAccidentInWritingThePositionLeavesTheOneBefore() throws Exception {
    try (NotificationLog log = open();
        Outbox outbox = log.outbox("nms")) {
      outbox.peek();
      log.accept(Notifications.range(1, 5));
      take(outbox, 5);
    }
    Path file = SendPosition.file(folder(), "nms");
    byte[] octets = Files.readAllBytes(file);
    for (int at = 0; at < octets.length; at++) {
      byte[] torn = octets.clone();
      torn[at] ^= 1;
      Files.write(file, torn);
      try (SendPosition position = SendPosition.open(file)) {
        assertThat(position.read().getAsLong()).isBetween(4L, 5L);
      }
    }
  }

  @Test
  void aFullDiskKeepsThemWaitingInTheirOrder() throws Exception {
    try (NotificationLog log = open();
        Outbox outbox = log.outbox("nms")) {
      fillTheDisk();
      log.accept(Notifications.range(1, 2));
      log.accept(Notifications.range(3, 3));
      outbox.await(Duration.ofMillis(1_500));
      assertThat(log.lastSequence()).isZero();
      assertThat(log.recent()).isEmpty();
      freeTheDisk();
      awaitLast(log, 3);
      assertThat(take(outbox, 3)).isEqualTo(Notifications.range(1, 3));
    }
  }

  @Test
  void aFullDiskHoldsNobodyUpAndMemoryIsBounded() throws Exception {
    int kept = NotificationLog.MAX_WAITING;
    try (NotificationLog log = open();
        Outbox outbox = log.outbox("nms")) {
      fillTheDisk();
      for (long sequence = 1; sequence <= 2L * kept; sequence++) {
        log.accept(List.of(Notifications.number(sequence)));
      }
      freeTheDisk();
      awaitLast(log, kept);
      assertThat(take(outbox, kept)).isEqualTo(Notifications.range(1, kept));
      long next = 2L * kept + 1;
      log.accept(Notifications.range(next, next));
      assertThat(take(outbox, 1)).isEqualTo(Notifications.range(next, next));
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsTriedAgain() throws Exception {
    Path stateDir = Files.writeString(dir.resolve("state"), "a file and no folder");
    try (NotificationLog log = NotificationLog.open(stateDir, LogLimits.defaults())) {
      log.accept(Notifications.range(1, 2));
      assertThat(log.lastSequence()).isZero();
      Files.delete(stateDir);
      awaitLast(log, 2);
    }
  }

  /** Everything that is written to /dev/full fails as on a disk that is full. */
  private void fillTheDisk() throws IOException {
    Files.createDirectories(folder());
    Files.createSymbolicLink(folder().resolve(segmentName(1)), Path.of("/dev/full"));
  }

  private void freeTheDisk() throws IOException {
    Files.delete(folder().resolve(segmentName(1)));
  }

  private NotificationLog open() {
    return NotificationLog.open(dir, LogLimits.defaults());
  }

  private void write(long first, long last) {
    try (NotificationLog log = open()) {
      log.accept(Notifications.range(first, last));
    }
  }

  private Path folder() {
    return dir.resolve("notifications");
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }

  private static String segmentName(long first) {
    return String.format(Locale.ROOT, "%020d.log", first);
  }

  private List<Integer> recordEnds(byte[] segment) throws IOException {
    List<Integer> ends = new ArrayList<>();
    Path copy = Files.write(dir.resolve("copy"), segment);
    try (RecordReader reader = new RecordReader(copy)) {
      while (reader.next(segment.length).isPresent()) {
        ends.add((int) reader.offset());
      }
    }
    return ends;
  }

  private static List<Notification> take(Outbox outbox, int count) throws Exception {
    List<Notification> taken = new ArrayList<>();
    long endNs = System.nanoTime() + LIMIT.toNanos();
    while (taken.size() < count) {
      assertThat(System.nanoTime()).as("taken: %d", taken.size()).isLessThan(endNs);
      outbox.await(Duration.ofMillis(100));
      Optional<Notification> next = outbox.peek();
      if (next.isPresent()) {
        taken.add(next.get());
        outbox.sent();
      }
    }
    return taken;
  }

  private static void awaitLast(NotificationLog log, long sequence) throws InterruptedException {
    long endNs = System.nanoTime() + LIMIT.toNanos();
    while (log.lastSequence() < sequence) {
      assertThat(System.nanoTime()).isLessThan(endNs);
      Thread.sleep(5);
    }
  }
}
