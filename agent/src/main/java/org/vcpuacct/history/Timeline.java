package org.vcpuacct.history;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All steps that are held, open to be read: also when their files are deleted meanwhile. */
final class Timeline implements Closeable {

  private final List<Block> blocks = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  private Timeline() {}

  /**
   * Opens files. One that cannot be read is said to be so and costs no other.
   *
   * @param files by ascending number
   */
  static Timeline open(List<HistoryFile> files) {
    Timeline timeline = new Timeline();
    files.forEach(timeline::tryAdd);
    return timeline;
  }

  /** By the order in which they were taken. */
  List<Step> steps() {
    return steps;
  }

  /**
   * The steps with which the time begins and ends, and those between; empty if fewer than two.
   *
   * @see History#period
   */
  List<Step> between(long fromEpochMillis, long toEpochMillis) {
    int first = first(fromEpochMillis);
    int last = lastUpTo(toEpochMillis);
    return last <= first ? List.of() : steps.subList(first, last + 1);
  }

  private int first(long fromEpochMillis) {
    int before = lastUpTo(fromEpochMillis);
    boolean gap =
        before >= 0
            && before + 1 < steps.size()
            && !steps.get(before).isFollowedBy(steps.get(before + 1));
    boolean exact = before >= 0 && steps.get(before).epochMillis() == fromEpochMillis;
    return before < 0 || (gap && !exact) ? before + 1 : before;
  }

  private int lastUpTo(long epochMillis) {
    int step = steps.size() - 1;
    while (step >= 0 && steps.get(step).epochMillis() > epochMillis) {
      step--;
    }
    return step;
  }

  private void tryAdd(HistoryFile file) {
    try {
      openOrCompacted(file).ifPresent(this::add);
    } catch (IOException e) {
      DamageLog.say(file.path(), file.path() + " is left out: " + e.getMessage());
    }
  }

  /** The daemon may have made a block of a file of steps since, or have deleted either. */
  private static Optional<Block> openOrCompacted(HistoryFile file) throws IOException {
    try {
      return Optional.of(Block.open(file));
    } catch (NoSuchFileException e) {
      return file.open()
          ? openOrCompacted(HistoryFile.in(file.path().getParent(), file.sequence(), false))
          : Optional.empty();
    }
  }

  private void add(Block block) {
    blocks.add(block);
    for (int number = 0; number < block.times().steps(); number++) {
      steps.add(new Step(block, number));
    }
  }

  @Override
  public void close() throws IOException {
    for (Block block : blocks) {
      block.close();
    }
  }
}
