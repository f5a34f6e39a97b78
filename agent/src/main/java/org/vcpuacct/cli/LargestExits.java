package org.vcpuacct.cli;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExitClass;

/** The few exit classes that matter most, in words. */
final class LargestExits {

  private static final int CLASSES_SHOWN = 3;
  private static final Comparator<Exits> BY_RATE = Comparator.comparingLong(Exits::perSecond);
  private static final Comparator<Exits> BY_TIME =
      Comparator.<Exits>comparingInt(exits -> exits.share().orElse(0)).thenComparing(BY_RATE);

  private LargestExits() {}

  /** The exits of a class: their share of time, if it is measured, and how many a second. */
  private record Exits(ExitClass exitClass, OptionalInt share, long perSecond) {

    static Optional<Exits> of(ExitClass exitClass, Change change) {
      OptionalLong perSecond = change.exitsPerSecond(exitClass);
      return perSecond.isEmpty()
          ? Optional.empty()
          : Optional.of(new Exits(exitClass, change.exitShare(exitClass), perSecond.getAsLong()));
    }

    boolean occurred() {
      return perSecond > 0 || share.orElse(0) > 0;
    }
  }

  /** The most frequent classes, with their exits a second. */
  static String byRate(Change change) {
    return largest(change, BY_RATE, exits -> exits.exitClass().label() + " " + exits.perSecond());
  }

  /** The classes that take most time, with their share of it and their exits a second. */
  static String byTime(Change change) {
    return largest(
        change,
        BY_TIME,
        exits ->
            "%s %s%% %d/s"
                .formatted(
                    exits.exitClass().label(), Cells.percent(exits.share()), exits.perSecond()));
  }

  private static String largest(
      Change change, Comparator<Exits> order, Function<Exits, String> words) {
    List<Exits> told =
        Stream.of(ExitClass.values())
            .flatMap(exitClass -> Exits.of(exitClass, change).stream())
            .toList();
    return told.isEmpty()
        ? Cells.ABSENT
        : told.stream()
            .filter(Exits::occurred)
            .sorted(order.reversed())
            .limit(CLASSES_SHOWN)
            .map(words)
            .collect(joining(", "));
  }
}
