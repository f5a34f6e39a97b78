package org.vcpuacct.sampler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vcpuacct.guest.GuestLoad;
import org.vcpuacct.guest.GuestReport;
import org.vcpuacct.ledger.GuestView;
import org.vcpuacct.ledger.RollUpTimes;
import org.vcpuacct.ledger.VcpuAccount;

/**
 * Sets what the host measures of a VM beside what its guest reports, over the same time: a guest
 * reports when it answers, which is at no step of the sampler. What the host had measured at that
 * instant is taken to lie evenly between two steps.
 */
final class HostMarks {

  /** A report is of an instant at most a time-out ago: of these steps, or it is not compared. */
  private static final int MAX_POINTS = 64;

  private final Map<Integer, Deque<Point>> points = new HashMap<>();
  private Map<Integer, Point> mark = Map.of();
  private Optional<GuestLoad> marked = Optional.empty();
  private Map<Integer, RollUpTimes> span = Map.of();

  /**
   * An account at an instant.
   *
   * @param accountNs CLOCK_MONOTONIC at which the account was opened, ns: tells it from another
   * @param atNs CLOCK_MONOTONIC, ns
   */
  private record Point(long accountNs, long atNs, RollUpTimes times) {

    static Point of(VcpuAccount account) {
      return new Point(
          account.sinceNs(),
          account.sinceNs() + account.reading().wallNs(),
          RollUpTimes.of(account.reading().lines()));
    }

    /** The account at an instant between this one and a later one. */
    Point until(Point later, long whenNs) {
      double part = (double) (whenNs - atNs) / (later.atNs - atNs);
      return new Point(accountNs, whenNs, times.between(later.times, part));
    }
  }

  /**
   * The guest's report, and what the host measured meanwhile.
   *
   * @param report taken before the accounts were read
   * @param accounts those of this step
   */
  GuestView view(GuestReport report, List<VcpuAccount> accounts) {
    add(accounts);
    if (!atNs(report.last()).equals(atNs(marked))) {
      Map<Integer, Point> newMark = pointsAt(report.last());
      // The guest may have reported more than once since the step before.
      boolean follows = atNs(report.before()).equals(atNs(marked));
      span = between(follows ? mark : pointsAt(report.before()), newMark);
      mark = newMark;
      marked = report.last();
    }
    return new GuestView(report, span);
  }

  private static Optional<Long> atNs(Optional<GuestLoad> load) {
    return load.map(GuestLoad::atNs);
  }

  private void add(List<VcpuAccount> accounts) {
    points.keySet().retainAll(accounts.stream().map(account -> account.vcpu().id()).toList());
    for (VcpuAccount account : accounts) {
      Deque<Point> known = points.computeIfAbsent(account.vcpu().id(), id -> new ArrayDeque<>());
      Point now = Point.of(account);
      if (!known.isEmpty() && known.getLast().accountNs() != now.accountNs()) {
        known.clear();
      }
      known.addLast(now);
      if (known.size() > MAX_POINTS) {
        known.removeFirst();
      }
    }
  }

  /** None if there is no such report, or no account covers its instant. */
  private Map<Integer, Point> pointsAt(Optional<GuestLoad> report) {
    Map<Integer, Point> at = new HashMap<>();
    atNs(report)
        .ifPresent(
            whenNs ->
                points.forEach(
                    (vcpu, known) ->
                        pointAt(known, whenNs).ifPresent(point -> at.put(vcpu, point))));
    return at;
  }

  private static Optional<Point> pointAt(Deque<Point> known, long whenNs) {
    Iterator<Point> steps = known.iterator();
    Point earlier = steps.next();
    while (steps.hasNext()) {
      Point later = steps.next();
      if (earlier.atNs() <= whenNs && whenNs <= later.atNs() && earlier.atNs() < later.atNs()) {
        return Optional.of(earlier.until(later, whenNs));
      }
      earlier = later;
    }
    return Optional.empty();
  }

  private static Map<Integer, RollUpTimes> between(
      Map<Integer, Point> earlier, Map<Integer, Point> later) {
    Map<Integer, RollUpTimes> between = new HashMap<>();
    later.forEach(
        (vcpu, point) -> {
          Point before = earlier.get(vcpu);
          if (before != null && before.accountNs() == point.accountNs()) {
            between.put(vcpu, point.times().since(before.times()));
          }
        });
    return between;
  }
}
