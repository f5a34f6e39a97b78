package org.vcpuacct.ne;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ledger.ThreadTimes;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.Window;

/**
 * What the host knows of a network element over one window. Immutable.
 *
 * <p>Shares are in hundredths of a percent of the wall time of all its vCPUs together, so that
 * those of the roll-ups sum to 100 %. The VMs' other threads come on top of that.
 */
public final class NeChange {

  private static final double HUNDREDTHS_OF_PERCENT = 10_000;

  private final List<Change> vcpus;
  private final List<VmAccount> vms;
  private final Window window;
  private final long wallNs;

  private NeChange(List<Change> vcpus, List<VmAccount> vms, Window window) {
    this.vcpus = vcpus;
    this.vms = vms;
    this.window = window;
    this.wallNs = vcpus.stream().mapToLong(Change::wallNs).sum();
  }

  /**
   * The change over a window; empty unless it has been observed for every vCPU of the network
   * element, as a part would pass for the whole.
   */
  public static Optional<NeChange> of(NeAccount ne, Window window) {
    List<Change> changes = new ArrayList<>();
    for (VmAccount vm : ne.vms()) {
      for (VcpuAccount vcpu : vm.vcpus()) {
        Optional<Change> change = vcpu.change(window);
        if (change.isEmpty()) {
          return Optional.empty();
        }
        changes.add(change.get());
      }
    }
    NeChange whole = new NeChange(changes, ne.vms(), window);
    return whole.wallNs == 0 ? Optional.empty() : Optional.of(whole);
  }

  /** Share of the lines with this roll-up. */
  public int share(RollUp rollUp) {
    return share(ns(rollUp));
  }

  /** Share of a line; empty unless the tier of every vCPU measures it. */
  public OptionalInt share(Line line) {
    return shareOf(change -> change.ns(line));
  }

  /** Share in which the host handled exits of the class; empty unless measured for every vCPU. */
  public OptionalInt exitShare(ExitClass exitClass) {
    return shareOf(change -> change.exitNs(exitClass));
  }

  /** Exits of the class a second, of all vCPUs together; empty unless every vCPU's can be told. */
  public OptionalLong exitsPerSecond(ExitClass exitClass) {
    return sum(change -> change.exitsPerSecond(exitClass));
  }

  /** Effective load: the share in which the vCPUs were not idle, whatever for. */
  public int load() {
    return share(ns(RollUp.USEFUL) + ns(RollUp.OVERHEAD) + ns(RollUp.CONTENTION));
  }

  /** Share of the VMs' threads that are not vCPUs'; empty while the window was not observed. */
  public OptionalInt threadShare() {
    long cpuNs = 0;
    for (VmAccount vm : vms) {
      for (var kind : vm.threads().kinds()) {
        Optional<ThreadTimes> times = kind.change(window);
        if (times.isEmpty()) {
          return OptionalInt.empty();
        }
        cpuNs += times.get().cpuNs();
      }
    }
    return OptionalInt.of(share(cpuNs));
  }

  /** What most of the time is for in which the vCPUs are not idle. */
  public Cause cause() {
    Map<Cause, Long> ns = new EnumMap<>(Cause.class);
    ns.put(Cause.DEMAND, ns(RollUp.USEFUL));
    ns.put(Cause.OVERHEAD, ns(RollUp.OVERHEAD));
    ns.put(Cause.CONTENTION, ns(RollUp.CONTENTION));
    return ns.entrySet().stream()
        .filter(cause -> cause.getValue() > 0)
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(Cause.NONE);
  }

  /**
   * What takes the most time that is neither the guests' own work nor idle: exit classes, other
   * lines of the ledger, and kinds of threads.
   *
   * @param limit how many at most; one whose share rounds to nothing is none
   */
  public List<Contributor> contributors(int limit) {
    Map<String, Long> ns = new LinkedHashMap<>();
    vcpus.forEach(change -> addLines(change, ns));
    vms.forEach(vm -> addThreads(vm, ns));
    return ns.entrySet().stream()
        .map(entry -> new Contributor(entry.getKey(), share(entry.getValue())))
        .filter(contributor -> contributor.share() > 0)
        .sorted(Comparator.comparingInt(Contributor::share).reversed())
        .limit(limit)
        .toList();
  }

  private static void addLines(Change change, Map<String, Long> ns) {
    for (Line line : Line.values()) {
      boolean lost = line.rollUp() == RollUp.OVERHEAD || line.rollUp() == RollUp.CONTENTION;
      if (lost && line != Line.EXIT) {
        change.ns(line).ifPresent(lineNs -> ns.merge(line.name(), lineNs, Long::sum));
      }
    }
    for (ExitClass exitClass : ExitClass.values()) {
      change
          .exitNs(exitClass)
          .ifPresent(classNs -> ns.merge(exitClass.name() + " exits", classNs, Long::sum));
    }
  }

  private void addThreads(VmAccount vm, Map<String, Long> ns) {
    for (var kind : vm.threads().kinds()) {
      kind.change(window)
          .ifPresent(times -> ns.merge(kind.kind().label() + " threads", times.cpuNs(), Long::sum));
    }
  }

  private long ns(RollUp rollUp) {
    return vcpus.stream().mapToLong(change -> change.ns(rollUp)).sum();
  }

  private OptionalInt shareOf(Function<Change, OptionalLong> nsOf) {
    OptionalLong ns = sum(nsOf);
    return ns.isEmpty() ? OptionalInt.empty() : OptionalInt.of(share(ns.getAsLong()));
  }

  /** Empty if one of them is: a part would pass for the whole. */
  private OptionalLong sum(Function<Change, OptionalLong> of) {
    long sum = 0;
    for (Change change : vcpus) {
      OptionalLong part = of.apply(change);
      if (part.isEmpty()) {
        return OptionalLong.empty();
      }
      sum += part.getAsLong();
    }
    return OptionalLong.of(sum);
  }

  private int share(long ns) {
    return (int) Math.round(ns * HUNDREDTHS_OF_PERCENT / wallNs);
  }
}
