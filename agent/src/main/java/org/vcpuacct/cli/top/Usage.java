package org.vcpuacct.cli.top;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where the time of vCPUs went over a span, and the exits that they made in it. Immutable.
 *
 * <p>The lines of an account sum to wall time: the span of a vCPU is what its lines grew by, and
 * takes no clock.
 */
final class Usage {

  private static final double SECOND_NS = 1e9;

  private final Map<String, LineUse> lines;
  private final OptionalDouble exitsPerSecond;
  private final Map<String, ExitUse> exits;
  private final double wallNs;

  private record LineUse(String rollUp, double ns) {

    LineUse plus(LineUse other) {
      return new LineUse(rollUp, ns + other.ns);
    }
  }

  private record ExitUse(double perSecond, OptionalDouble ns) {

    ExitUse plus(ExitUse other) {
      return new ExitUse(perSecond + other.perSecond, Usage.plus(ns, other.ns));
    }
  }

  private Usage(
      Map<String, LineUse> lines, OptionalDouble exitsPerSecond, Map<String, ExitUse> exits) {
    this.lines = lines;
    this.exitsPerSecond = exitsPerSecond;
    this.exits = exits;
    this.wallNs = wallNs(lines);
  }

  /**
   * What an account grew by from one document to a later one; empty if it is not the same account
   * in both, or does not tell all its lines.
   */
  static Optional<Usage> between(Document.Vcpu before, Document.Vcpu now) {
    if (!before.sinceNs().equals(now.sinceNs())
        || !before.lines().keySet().equals(now.lines().keySet())) {
      return Optional.empty();
    }
    Map<String, LineUse> lines = new LinkedHashMap<>();
    for (var line : now.lines().entrySet()) {
      OptionalDouble ns = growth(before.lines().get(line.getKey()).ns(), line.getValue().ns());
      if (ns.isEmpty()) {
        return Optional.empty();
      }
      lines.put(line.getKey(), new LineUse(line.getValue().rollUp(), ns.getAsDouble()));
    }
    double wallNs = wallNs(lines);
    OptionalDouble perSecond = perSecond(growth(before.exitCount(), now.exitCount()), wallNs);
    return Optional.of(new Usage(lines, perSecond, exitsBetween(before, now, wallNs)))
        .filter(Usage::hasTime);
  }

  /** A class that one of the documents does not tell is absent. */
  private static Map<String, ExitUse> exitsBetween(
      Document.Vcpu before, Document.Vcpu now, double wallNs) {
    Map<String, ExitUse> exits = new LinkedHashMap<>();
    for (var exit : now.exits().entrySet()) {
      Document.ExitCount later = exit.getValue();
      Document.ExitCount earlier = before.exits().get(exit.getKey());
      if (earlier != null) {
        OptionalDouble ns = growth(earlier.ns(), later.ns());
        perSecond(growth(earlier.count(), later.count()), wallNs)
            .ifPresent(rate -> exits.put(exit.getKey(), new ExitUse(rate, ns)));
      }
    }
    return exits;
  }

  private static OptionalDouble perSecond(OptionalDouble count, double wallNs) {
    return count.stream().map(exits -> exits * SECOND_NS / wallNs).findFirst();
  }

  /** What a counter grew by; empty if it is not told, or went back. */
  private static OptionalDouble growth(OptionalLong before, OptionalLong now) {
    return before.isPresent() && now.isPresent() && now.getAsLong() >= before.getAsLong()
        ? OptionalDouble.of((double) (now.getAsLong() - before.getAsLong()))
        : OptionalDouble.empty();
  }

  /** What the daemon says of its last interval, as of one second; empty if it had none. */
  static Optional<Usage> ofLastInterval(Document.Vcpu vcpu) {
    Map<String, LineUse> lines = new LinkedHashMap<>();
    for (var line : vcpu.lines().entrySet()) {
      OptionalDouble share = line.getValue().share();
      if (share.isEmpty()) {
        return Optional.empty();
      }
      double ns = share.getAsDouble() * SECOND_NS;
      lines.put(line.getKey(), new LineUse(line.getValue().rollUp(), ns));
    }
    Map<String, ExitUse> exits = new LinkedHashMap<>();
    for (var exit : vcpu.exits().entrySet()) {
      OptionalDouble ns =
          exit.getValue().share().stream().map(part -> part * SECOND_NS).findFirst();
      exit.getValue()
          .perSecond()
          .ifPresent(rate -> exits.put(exit.getKey(), new ExitUse(rate, ns)));
    }
    return Optional.of(new Usage(lines, vcpu.exitsPerSecond(), exits)).filter(Usage::hasTime);
  }

  /**
   * That of several together; empty if there are none. A class of exits that one of them does not
   * count is absent.
   */
  static Optional<Usage> sum(List<Usage> usages) {
    if (usages.isEmpty()) {
      return Optional.empty();
    }
    Map<String, LineUse> lines = new LinkedHashMap<>();
    OptionalDouble exitsPerSecond = OptionalDouble.of(0);
    Map<String, ExitUse> exits = new LinkedHashMap<>(usages.get(0).exits);
    exits.replaceAll((label, exit) -> new ExitUse(0, OptionalDouble.of(0)));
    for (Usage usage : usages) {
      usage.lines.forEach((label, line) -> lines.merge(label, line, LineUse::plus));
      exitsPerSecond = plus(exitsPerSecond, usage.exitsPerSecond);
      exits.keySet().retainAll(usage.exits.keySet());
      exits.replaceAll((label, exit) -> exit.plus(usage.exits.get(label)));
    }
    return Optional.of(new Usage(lines, exitsPerSecond, exits));
  }

  /** A part would pass for the whole. */
  private static OptionalDouble plus(OptionalDouble a, OptionalDouble b) {
    return a.isPresent() && b.isPresent()
        ? OptionalDouble.of(a.getAsDouble() + b.getAsDouble())
        : OptionalDouble.empty();
  }

  private static double wallNs(Map<String, LineUse> lines) {
    return lines.values().stream().mapToDouble(LineUse::ns).sum();
  }

  private boolean hasTime() {
    return wallNs > 0;
  }

  /** The span, s of all vCPUs together. */
  double vcpuSeconds() {
    return wallNs / SECOND_NS;
  }

  /** The labels of the lines, in the order of the catalogue, and the roll-up of each. */
  Map<String, String> rollUps() {
    Map<String, String> rollUps = new LinkedHashMap<>();
    lines.forEach((label, line) -> rollUps.put(label, line.rollUp));
    return rollUps;
  }

  /** Part of the time that was on this line; empty if it is not measured. */
  OptionalDouble share(String line) {
    LineUse use = lines.get(line);
    return use == null ? OptionalDouble.empty() : OptionalDouble.of(use.ns / wallNs);
  }

  /** Part of the time that was on lines of this roll-up. */
  double rollUpShare(String rollUp) {
    double ns = 0;
    for (LineUse line : lines.values()) {
      if (line.rollUp.equals(rollUp)) {
        ns += line.ns;
      }
    }
    return ns / wallNs;
  }

  /** Part of the time in which the vCPUs were not idle, whatever for. */
  double load() {
    return rollUpShare("useful") + rollUpShare("overhead") + rollUpShare("contention");
  }

  /** Exits of all classes, a second; empty if they are not counted. */
  OptionalDouble exitsPerSecond() {
    return exitsPerSecond;
  }

  /** The labels of the classes whose exits are counted. */
  Set<String> exitClasses() {
    return exits.keySet();
  }

  /** Exits of a class, a second; empty if they are not counted. */
  OptionalDouble exitsPerSecond(String exitClass) {
    ExitUse use = exits.get(exitClass);
    return use == null ? OptionalDouble.empty() : OptionalDouble.of(use.perSecond);
  }

  /** Part of the time that the exits of a class took; empty if it is not measured. */
  OptionalDouble exitShare(String exitClass) {
    ExitUse use = exits.get(exitClass);
    return use == null || use.ns.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(use.ns.getAsDouble() / wallNs);
  }
}
