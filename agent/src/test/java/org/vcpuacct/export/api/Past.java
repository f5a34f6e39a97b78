package org.vcpuacct.export.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.vcpuacct.history.Extent;
import org.vcpuacct.history.FrozenCopy;
import org.vcpuacct.history.History;
import org.vcpuacct.history.Period;

/** A history of periods that a test makes up, one after another. */
final class Past implements History {

  private final List<Period> periods = new ArrayList<>();

  void add(Period period) {
    periods.add(period);
  }

  private List<Period> between(long fromEpochMillis, long toEpochMillis) {
    return periods.stream()
        .filter(period -> period.fromEpochMillis() >= fromEpochMillis)
        .filter(period -> period.toEpochMillis() <= toEpochMillis)
        .toList();
  }

  @Override
  public Optional<Extent> extent() {
    return periods.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Extent(
                periods.get(0).fromEpochMillis(), periods.get(periods.size() - 1).toEpochMillis()));
  }

  /** The last period of that time. */
  @Override
  public Optional<Period> period(long fromEpochMillis, long toEpochMillis) {
    List<Period> held = between(fromEpochMillis, toEpochMillis);
    return held.isEmpty() ? Optional.empty() : Optional.of(held.get(held.size() - 1));
  }

  @Override
  public void series(
      String ne, long fromEpochMillis, long toEpochMillis, int points, Consumer<Period> each) {
    between(fromEpochMillis, toEpochMillis).stream()
        .filter(period -> period.ne(ne).isPresent())
        .limit(points)
        .forEach(each);
  }

  @Override
  public void forEachStep(
      Optional<String> ne, long fromEpochMillis, long toEpochMillis, Consumer<Period> each) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<FrozenCopy> frozenCopies() {
    return List.of(
        new FrozenCopy(7, 500_000, new Extent(400_000, 520_000), "Network element ne-1: load"));
  }
}
