package org.vcpuacct.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The history in a state folder, as it is on disk: whether a daemon writes it or not, and whichever
 * process asks. It holds nothing in memory between two questions.
 */
public final class HistoryFolder implements History {

  private static final String FOLDER = "history";

  private final Path folder;

  private HistoryFolder(Path folder) {
    this.folder = folder;
  }

  /** The history in a state folder. There need not be one. */
  public static HistoryFolder in(Path stateDir) {
    return new HistoryFolder(path(stateDir));
  }

  static Path path(Path stateDir) {
    return stateDir.resolve(FOLDER);
  }

  @Override
  public Optional<Extent> extent() throws IOException {
    try (Timeline timeline = Timeline.open(HistoryFile.list(folder))) {
      List<Step> steps = timeline.steps();
      return steps.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Extent(steps.get(0).epochMillis(), steps.get(steps.size() - 1).epochMillis()));
    }
  }

  @Override
  public Optional<Period> period(long fromEpochMillis, long toEpochMillis) throws IOException {
    try (Timeline timeline = open()) {
      return period(
          timeline.between(fromEpochMillis, toEpochMillis),
          new MomentReader(Optional.empty(), false));
    }
  }

  @Override
  public void series(
      String ne, long fromEpochMillis, long toEpochMillis, int points, Consumer<Period> each)
      throws IOException {
    try (Timeline timeline = open()) {
      MomentReader reader = new MomentReader(Optional.of(ne), true);
      long lengthMs = toEpochMillis - fromEpochMillis;
      for (int i = 0; i < points; i++) {
        long partFrom = fromEpochMillis + lengthMs * i / points;
        long partTo = fromEpochMillis + lengthMs * (i + 1) / points;
        period(timeline.between(partFrom, partTo), reader)
            .filter(period -> !period.nes().isEmpty())
            .ifPresent(each);
      }
    }
  }

  @Override
  public void forEachStep(
      Optional<String> ne, long fromEpochMillis, long toEpochMillis, Consumer<Period> each)
      throws IOException {
    try (Timeline timeline = open()) {
      MomentReader reader = new MomentReader(ne, true);
      Step before = null;
      Moment momentBefore = null;
      for (Step step : timeline.between(fromEpochMillis, toEpochMillis)) {
        Moment moment = reader.at(step);
        if (before != null && before.isFollowedBy(step)) {
          each.accept(Periods.between(momentBefore, moment));
        }
        before = step;
        momentBefore = moment;
      }
    }
  }

  @Override
  public List<FrozenCopy> frozenCopies() throws IOException {
    return FrozenFolder.list(folder).stream().map(FrozenFolder::copy).toList();
  }

  private static Optional<Period> period(List<Step> steps, MomentReader reader) throws IOException {
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    Moment earlier = reader.at(steps.get(0));
    return Optional.of(Periods.between(earlier, reader.at(steps.get(steps.size() - 1))));
  }

  /** All that is held, frozen copies too; what is in several places is in one of them. */
  private Timeline open() throws IOException {
    Map<Long, HistoryFile> files = new TreeMap<>();
    for (FrozenFolder frozen : FrozenFolder.list(folder)) {
      HistoryFile.list(frozen.path()).forEach(file -> files.put(file.sequence(), file));
    }
    HistoryFile.list(folder).forEach(file -> files.put(file.sequence(), file));
    return Timeline.open(List.copyOf(files.values()));
  }
}
