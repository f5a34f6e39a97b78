package org.vcpuacct.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.vcpuacct.guest.GuestCpu;
import org.vcpuacct.guest.GuestLoad;
import org.vcpuacct.guest.GuestReport;
import org.vcpuacct.guest.GuestSource;
import org.vcpuacct.guest.GuestState;
import org.vcpuacct.guest.GuestTime;
import org.vcpuacct.guest.LoadAverages;
import org.vcpuacct.ledger.GuestView;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ledger.RollUpTimes;
import org.vcpuacct.ledger.VcpuAccount;

/**
 * The kernel of a guest, asked each five seconds by qemu-guest-agent: it tells every time of every
 * CPU, in ticks, and is as wrong about each as a sampling kernel is.
 */
final class BusyGuest {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final int INTERVAL_STEPS = 5;
  private static final long TICK_NS = 10_000_000;
  private static final double[] WORK = {0.62, 0.25, 0.02, 0.11};
  private static final GuestTime[] WORK_TIMES = {
    GuestTime.USER, GuestTime.SYSTEM, GuestTime.IRQ, GuestTime.SOFTIRQ
  };

  private final Random random;
  private final long sinceNs;
  private final Map<Integer, RollUpTimes> hostThen = new HashMap<>();
  private final Map<Integer, Map<GuestTime, Long>> timesNs = new HashMap<>();
  private int stepsToReport;
  private double average;
  private Optional<GuestLoad> last = Optional.empty();
  private Optional<GuestLoad> before = Optional.empty();
  private Map<Integer, RollUpTimes> host = Map.of();

  BusyGuest(Random random, long sinceNs) {
    this.random = random;
    this.sinceNs = sinceNs;
    stepsToReport = random.nextInt(INTERVAL_STEPS);
  }

  /** What is known of it when the host has these accounts. */
  GuestView at(long nowNs, List<VcpuAccount> vcpus) {
    if (stepsToReport-- == 0) {
      stepsToReport = INTERVAL_STEPS - 1;
      report(nowNs - random.nextInt(900) * 1_000_000L, vcpus);
    }
    OptionalLong ageNs =
        last.isPresent() ? OptionalLong.of(nowNs - last.get().atNs()) : OptionalLong.empty();
    OptionalLong since = last.isPresent() ? OptionalLong.of(sinceNs) : OptionalLong.empty();
    return new GuestView(new GuestReport(GuestState.OK, last, before, since, ageNs, ""), host);
  }

  private void report(long atNs, List<VcpuAccount> vcpus) {
    Map<Integer, RollUpTimes> measured = new HashMap<>();
    List<GuestCpu> cpus = new ArrayList<>();
    double runnable = 0;
    for (VcpuAccount vcpu : vcpus) {
      int id = vcpu.vcpu().id();
      RollUpTimes now = RollUpTimes.of(vcpu.reading().lines());
      RollUpTimes then = hostThen.put(id, now);
      RollUpTimes added = then == null ? now : now.since(then);
      measured.put(id, added);
      cpus.add(new GuestCpu(OptionalInt.of(id), account(id, added)));
      runnable += (double) added.ns(RollUp.USEFUL) / Math.max(1, added.wallNs());
    }
    average += 0.08 * (runnable * (1 + 0.2 * random.nextGaussian()) - average);
    LoadAverages averages = new LoadAverages(average, average * 0.97, average * 0.95);
    before = last;
    last =
        Optional.of(new GuestLoad(atNs, cpus, Optional.of(averages), GuestSource.QEMU_GUEST_AGENT));
    host = before.isPresent() ? measured : Map.of();
  }

  /** Half of the overhead falls into what the guest takes for its own work. */
  private Map<GuestTime, Long> account(int id, RollUpTimes added) {
    Map<GuestTime, Long> times =
        timesNs.computeIfAbsent(
            id,
            cpu -> {
              Map<GuestTime, Long> none = new EnumMap<>(GuestTime.class);
              for (GuestTime time : GuestTime.values()) {
                none.put(time, random.nextInt(10_000) * SECOND_NS);
              }
              return none;
            });
    double workNs = added.ns(RollUp.USEFUL) + 0.5 * added.ns(RollUp.OVERHEAD);
    long told = 0;
    for (int i = 0; i < WORK.length; i++) {
      told += add(times, WORK_TIMES[i], workNs * WORK[i]);
    }
    told += add(times, GuestTime.STEAL, 0.9 * added.ns(RollUp.CONTENTION));
    add(times, GuestTime.IDLE, Math.max(0.0, (double) (added.wallNs() - told)));
    return times;
  }

  private long add(Map<GuestTime, Long> times, GuestTime time, double ns) {
    double noisy = ns + Math.sqrt(ns * TICK_NS) * 0.5 * random.nextGaussian();
    long ticksNs = Math.round(Math.max(0, noisy) / TICK_NS) * TICK_NS;
    times.merge(time, ticksNs, Long::sum);
    return ticksNs;
  }
}
