package org.vcpuacct.history;

import static org.vcpuacct.history.Resolution.ns;
import static org.vcpuacct.history.Resolution.units;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.ExitTimes;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.LineTimes;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Scheduling;
import org.vcpuacct.ledger.Tier;

/**
 * What is kept of a vCPU at every step, as a row: exits (those of no class that can be told, then
 * each class); time by exit class; migrations to pCPUs and nodes, and the last node plus one; each
 * line but {@link Line#GUEST}; the rest. What nearly follows from other values is kept as what it
 * differs by, which is next to nothing: {@link Line#EXIT} from its classes, CPU time and waiting
 * from their lines, and all lines from the time since the account was opened, which tells {@link
 * Line#GUEST}. Times are in units of {@link Resolution}.
 */
final class VcpuRow {

  private static final ExitClass[] CLASSES = ExitClass.values();
  private static final Set<Line> ON_CPU =
      EnumSet.of(Line.GUEST, Line.EXIT, Line.VMM, Line.POLL, Line.HOST_KERNEL);
  private static final Set<Line> WAITING =
      EnumSet.of(Line.WAIT_PREEMPTED, Line.WAIT_WOKEN, Line.THROTTLED, Line.WAIT);

  private static final int SCHEDULING_COLUMNS = 3;
  private static final int REST_COLUMNS = 4;

  private VcpuRow() {}

  /**
   * The row of a reading.
   *
   * @param takenUnits CLOCK_MONOTONIC of the step
   */
  static long[] of(VcpuKey key, Reading reading, long takenUnits) {
    long[] row = new long[columns(key)];
    Cursor out = new Cursor(row);
    reading.exits().ifPresent(exits -> putExits(out, key, exits));
    long exitUnits = 0;
    if (reading.detail().isPresent()) {
      exitUnits = putExitTimes(out, reading.detail().get().exitTimes());
      putScheduling(out, reading.detail().get().scheduling());
    }
    long[] units = unitsByLine(reading.lines());
    for (Line line : kept(key.tier())) {
      out.put(units[line.ordinal()] - (line == Line.EXIT ? exitUnits : 0));
    }
    out.put(sum(units, Line.of(key.tier())) - (takenUnits - units(key.sinceNs())));
    out.put(units(reading.cpuNs()) - sum(units, ON_CPU));
    out.put(units(reading.waitNs()) - sum(units, WAITING));
    out.put(reading.lastPcpu());
    return row;
  }

  /**
   * The reading of a row.
   *
   * @param detail what was kept last of what is kept now and then; empty if nothing was
   */
  static Reading reading(VcpuKey key, long[] row, Optional<DetailRow> detail, long takenUnits) {
    Cursor in = new Cursor(row);
    Optional<ExitCounts> exits = key.told().map(told -> takeExits(in, told));
    long exitUnits = 0;
    Optional<ExactDetail> exact = Optional.empty();
    if (key.tier() == Tier.EXACT) {
      long[] classUnits = takeClassUnits(in);
      exitUnits = sum(classUnits);
      Scheduled scheduled = new Scheduled(in.take(), in.take(), in.take());
      exact = detail.map(rare -> detail(classUnits, scheduled, rare));
    }
    long[] units = new long[Line.values().length];
    for (Line line : kept(key.tier())) {
      units[line.ordinal()] = in.take() + (line == Line.EXIT ? exitUnits : 0);
    }
    long wallUnits = in.take() + takenUnits - units(key.sinceNs());
    units[Line.GUEST.ordinal()] = wallUnits - sum(units);
    long cpuNs = ns(in.take() + sum(units, ON_CPU));
    long waitNs = ns(in.take() + sum(units, WAITING));
    int lastPcpu = (int) in.take();
    return new Reading(cpuNs, waitNs, lastPcpu, lines(key.tier(), units), exits, exact);
  }

  private record Scheduled(long pcpuMigrations, long nodeMigrations, long lastNodePlusOne) {}

  private static int columns(VcpuKey key) {
    int ofExits = key.told().isPresent() ? 1 + key.told().get().size() : 0;
    int ofDetail = key.tier() == Tier.EXACT ? CLASSES.length + SCHEDULING_COLUMNS : 0;
    return ofExits + ofDetail + kept(key.tier()).size() + REST_COLUMNS;
  }

  private static Set<Line> kept(Tier tier) {
    Set<Line> kept = EnumSet.copyOf(Line.of(tier));
    kept.remove(Line.GUEST);
    return kept;
  }

  private static void putExits(Cursor out, VcpuKey key, ExitCounts exits) {
    Set<ExitClass> told = key.told().orElseThrow();
    long ofClasses = told.stream().mapToLong(of -> exits.of(of).orElseThrow()).sum();
    out.put(exits.total() - ofClasses);
    told.forEach(of -> out.put(exits.of(of).orElseThrow()));
  }

  private static ExitCounts takeExits(Cursor in, Set<ExitClass> told) {
    long total = in.take();
    long[] counts = new long[CLASSES.length];
    for (ExitClass exitClass : told) {
      counts[exitClass.ordinal()] = in.take();
    }
    ExitCounts.Builder exits = ExitCounts.builder(total + sum(counts));
    told.forEach(of -> exits.set(of, counts[of.ordinal()]));
    return exits.build();
  }

  private static long putExitTimes(Cursor out, ExitTimes times) {
    long sum = 0;
    for (ExitClass exitClass : CLASSES) {
      long units = units(times.ns(exitClass));
      out.put(units);
      sum += units;
    }
    return sum;
  }

  private static long[] takeClassUnits(Cursor in) {
    long[] units = new long[CLASSES.length];
    for (ExitClass exitClass : CLASSES) {
      units[exitClass.ordinal()] = in.take();
    }
    return units;
  }

  private static void putScheduling(Cursor out, Scheduling scheduling) {
    out.put(scheduling.pcpuMigrations());
    out.put(scheduling.nodeMigrations());
    out.put(scheduling.lastNode().isPresent() ? scheduling.lastNode().getAsInt() + 1L : 0);
  }

  private static ExactDetail detail(long[] classUnits, Scheduled scheduled, DetailRow rare) {
    long[] ns = new long[CLASSES.length];
    for (int i = 0; i < ns.length; i++) {
      ns[i] = ns(classUnits[i]);
    }
    long node = scheduled.lastNodePlusOne();
    return new ExactDetail(
        new ExitTimes(ns, rare.durations()),
        new Scheduling(
            rare.latency(),
            rare.maxLatencyNs(),
            scheduled.pcpuMigrations(),
            scheduled.nodeMigrations(),
            node == 0 ? OptionalInt.empty() : OptionalInt.of((int) node - 1)),
        rare.entries(),
        rare.userspaceExits(),
        rare.guestUserExits(),
        rare.guestKernelExits(),
        rare.lastOtherCode());
  }

  private static long[] unitsByLine(LineTimes lines) {
    long[] units = lines.toArray();
    for (int i = 0; i < units.length; i++) {
      units[i] = units(units[i]);
    }
    return units;
  }

  private static LineTimes lines(Tier tier, long[] units) {
    long[] ns = new long[units.length];
    for (int i = 0; i < ns.length; i++) {
      ns[i] = ns(units[i]);
    }
    return LineTimes.of(tier, ns);
  }

  private static long sum(long[] units, Set<Line> lines) {
    long sum = 0;
    for (Line line : lines) {
      sum += units[line.ordinal()];
    }
    return sum;
  }

  private static long sum(long[] values) {
    long sum = 0;
    for (long value : values) {
      sum += value;
    }
    return sum;
  }
}
