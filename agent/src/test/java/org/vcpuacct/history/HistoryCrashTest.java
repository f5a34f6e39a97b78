package org.vcpuacct.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.log.LogLines;

/** The history in the face of what ends daemons and damages files. */
@Timeout(120)
class HistoryCrashTest {

  private static final HistorySettings SETTINGS = HistorySettings.defaults();
  private static final int STEPS = 6;

  @TempDir private Path stateDir;

  @Test
  void aTornTailCostsNoWholeStep() throws Exception {
    write(STEPS, 1);
    Path file = onlyFile().path();
    byte[] octets = Files.readAllBytes(file);
    List<Long> ends = endsOfSteps(file);
    assertThat(ends).hasSize(STEPS);
    for (int length = 0; length <= octets.length; length++) {
      Files.write(file, Arrays.copyOf(octets, length));
      long end = length;
      assertThat(steps())
          .as("of %d octets", length)
          .isEqualTo((int) ends.stream().filter(one -> one <= end).count());
    }
  }

  @Test
  void theNextDaemonGoesOnBehindATornTail() throws Exception {
    write(STEPS, 1);
    byte[] octets = Files.readAllBytes(onlyFile().path());
    List<Long> ends = endsOfSteps(onlyFile().path());
    for (int length = 0; length <= octets.length; length += 331) {
      for (HistoryFile file : HistoryFile.list(folder())) {
        Files.delete(file.path());
      }
      Files.write(HistoryFile.in(folder(), 1, true).path(), Arrays.copyOf(octets, length));
      write(3, 2);
      long end = length;
      int whole = (int) ends.stream().filter(one -> one <= end).count();
      assertThat(steps()).as("of %d octets", length).isEqualTo(whole + 3);
    }
  }

  @Test
  void aDamagedStepCostsOnlyWhatIsBehindIt() throws Exception {
    write(STEPS, 1);
    Path file = onlyFile().path();
    byte[] octets = Files.readAllBytes(file);
    List<Long> ends = endsOfSteps(file);
    octets[(int) (ends.get(2) + Frame.HEADER_OCTETS + 3)] ^= 1;
    Files.write(file, octets);
    assertThat(steps()).isEqualTo(3);
  }

  @Test
  void damageIsSaidOnceHoweverOftenItIsRead() throws Exception {
    write(STEPS, 1);
    Path file = onlyFile().path();
    byte[] octets = Files.readAllBytes(file);
    octets[(int) (endsOfSteps(file).get(2) + Frame.HEADER_OCTETS + 3)] ^= 1;
    Files.write(file, octets);
    try (LogLines lines = LogLines.of(DamageLog.class)) {
      for (int i = 0; i < 5; i++) {
        assertThat(steps()).isEqualTo(3);
      }
      assertThat(lines.all()).hasSize(1).first().asString().contains(file.toString());
    }
  }

  @Test
  void aDamagedOctetOfABlockCostsOnlyTheVmThatItIsOf() throws Exception {
    List<Snapshot> written = write(STEPS, 1);
    write(1, 2); // makes a block of the steps
    Path file = HistoryFile.list(folder()).get(0).path();
    byte[] octets = Files.readAllBytes(file);
    List<FrameFile.Slot> slots;
    try (FrameFile frames = new FrameFile(file)) {
      slots = frames.slots();
    }
    int all = written.stream().mapToInt(snapshot -> snapshot.nes().size()).sum();
    for (int at = 0; at < octets.length; at++) {
      byte[] damaged = octets.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);
      int lost = lostElements(written);
      assertThat(lost).as("lost by octet %d", at).isPositive();
      if (isInVm(slots, at)) {
        assertThat(lost).as("lost by octet %d", at).isLessThan(all);
      }
    }
    Files.write(file, octets);
    assertThat(lostElements(written)).isZero();
  }

  @Test
  void aKilledDaemonHasItsSteps() throws Exception {
    try (RecordingProcess process = new RecordingProcess(stateDir)) {
      for (int kill = 1; kill <= 3; kill++) {
        process.start();
        int told = process.killAfter(30 * kill);
        try (Timeline timeline = Timeline.open(HistoryFile.list(folder()))) {
          assertThat(timeline.steps().size())
              .as("steps that were told of before kill %d", kill)
              .isGreaterThanOrEqualTo(told)
              .isPositive();
        }
      }
    }
  }

  @Test
  void itIsReadWhileItIsWritten() throws Exception {
    RandomHost host = new RandomHost(3);
    try (HistoryStore store = new HistoryStore(folder(), SETTINGS, 1)) {
      for (int i = 1; i <= 320; i++) {
        store.append(host.next(0));
        if (i % 20 == 0) {
          assertThat(steps()).isEqualTo(i);
        }
      }
    }
  }

  @Test
  void stepsThatTheDiskIsTooSlowForAreCountedAndSaidOnce() throws Exception {
    Path fifo = stateDir.resolve("history");
    Files.createDirectories(fifo);
    makeFifo(HistoryFile.in(fifo, 1, false).path()); // to be read: the recorder waits for a writer
    RandomHost host = new RandomHost(5);
    try (LogLines lines = LogLines.of(Recorder.class);
        Recorder recorder = Recorder.start(stateDir, SETTINGS, 1)) {
      for (int i = 0; i < 50; i++) {
        recorder.record(host.next(0));
      }
      assertThat(recorder.recorded()).isZero();
      assertThat(recorder.dropped()).isBetween(46L, 47L); // three wait, and maybe one is at work
      assertThat(lines.all()).hasSize(1).first().asString().contains("too slow");
      Files.write(HistoryFile.in(fifo, 1, false).path(), new byte[0]);
    }
  }

  private static void makeFifo(Path path) throws IOException, InterruptedException {
    Process mkfifo = new ProcessBuilder("mkfifo", path.toString()).inheritIO().start();
    assertThat(mkfifo.waitFor()).isZero();
  }

  @Test
  void aFolderThatCannotBeWrittenHoldsNothingUp() throws Exception {
    Files.writeString(stateDir.resolve("history"), "in the way");
    RandomHost host = new RandomHost(4);
    long dropped;
    try (Recorder recorder = Recorder.start(stateDir, SETTINGS, 1)) {
      for (int i = 0; i < 50; i++) {
        recorder.record(host.next(0));
      }
      while (recorder.dropped() < 50) {
        Thread.sleep(1);
      }
      Files.delete(stateDir.resolve("history"));
      recorder.record(host.next(0));
      dropped = recorder.dropped();
    }
    assertThat(dropped).isEqualTo(50);
    assertThat(steps()).isEqualTo(1);
  }

  /** Whether this octet is of what is held of a VM, not of what says where the next one begins. */
  private static boolean isInVm(List<FrameFile.Slot> slots, int at) {
    return slots.stream()
        .skip(2)
        .anyMatch(
            slot ->
                at >= slot.offset() + Frame.HEADER_OCTETS && at < slot.offset() + slot.octets());
  }

  /** How many of the network elements at the steps are not there any more; all if none is. */
  private int lostElements(List<Snapshot> written) throws IOException {
    int lost = 0;
    try (Timeline timeline = Timeline.open(HistoryFile.list(folder()).subList(0, 1))) {
      MomentReader reader = new MomentReader(Optional.empty(), true);
      for (int i = 0; i < written.size(); i++) {
        lost += written.get(i).nes().size();
        if (i < timeline.steps().size()) {
          lost -= reader.at(timeline.steps().get(i)).nes().size();
        }
      }
    }
    return lost;
  }

  private List<Snapshot> write(int steps, long run) throws IOException {
    List<Snapshot> written = new ArrayList<>();
    RandomHost host = new RandomHost(run);
    try (HistoryStore store = new HistoryStore(folder(), SETTINGS, run)) {
      for (int i = 0; i < steps; i++) {
        written.add(host.next(0));
        store.append(written.get(i));
      }
    }
    return written;
  }

  private List<Long> endsOfSteps(Path file) throws IOException {
    try (FrameFile frames = new FrameFile(file)) {
      return frames.slots().stream().map(slot -> slot.offset() + slot.octets()).toList();
    }
  }

  private int steps() throws IOException {
    try (Timeline timeline = Timeline.open(HistoryFile.list(folder()))) {
      return timeline.steps().size();
    }
  }

  private HistoryFile onlyFile() throws IOException {
    List<HistoryFile> files = HistoryFile.list(folder());
    assertThat(files).hasSize(1);
    return files.get(0);
  }

  private Path folder() {
    return HistoryFolder.path(stateDir);
  }
}
