package org.vcpuacct.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.ExitTimes;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.LineTimes;
import org.vcpuacct.ledger.Log2Histogram;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Scheduling;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.vm.ThreadEvidence;
import org.vcpuacct.vm.Vcpu;

/**
 * A vCPU of a network function, second by second. Its load wanders about a level of its own, some
 * of its exits follow the load, counts scatter more than chance alone would have it, and some vCPUs
 * are pinned and undisturbed while others are neither.
 */
final class BusyVcpu {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final int FIRST_BUCKET = 9;
  private static final double[] BUCKETS = {0.08, 0.45, 0.32, 0.11, 0.04};
  private static final int PCPUS = 96;

  private final Random random;
  private final Vcpu vcpu;
  private final long sinceNs;
  private final double level;
  private final boolean pinned;
  private final boolean contended;
  private final Map<ExitClass, Double> rates = new EnumMap<>(ExitClass.class);
  private final Map<ExitClass, Double> costsNs = new EnumMap<>(ExitClass.class);
  private final long[] lines = new long[Line.values().length];
  private final long[] exits = new long[ExitClass.values().length];
  private final long[] exitNs = new long[ExitClass.values().length];
  private final long[][] durations = new long[ExitClass.values().length][Log2Histogram.BUCKETS];
  private final long[] latency = new long[Log2Histogram.BUCKETS];
  private double load;
  private long postedNs;
  private long migrations;
  private int pcpu;

  BusyVcpu(int id, int threadId, long sinceNs, Random random) {
    this.random = random;
    this.sinceNs = sinceNs;
    vcpu = new Vcpu(id, threadId, ThreadEvidence.KVM_BPF);
    level = 0.05 + 0.8 * random.nextDouble();
    load = level;
    pinned = random.nextInt(2) == 0;
    contended = !pinned && random.nextInt(2) == 0;
    pcpu = random.nextInt(PCPUS);
    rate(ExitClass.MSR_TIMER, 250, 1_500);
    rate(ExitClass.HLT, 100, 2_000);
    rate(ExitClass.EXTERNAL_IRQ, 50, 1_000);
    rate(ExitClass.IPI, 10, 500);
    rate(ExitClass.MMIO, 5, 300);
    rate(ExitClass.NPF, 0, 1);
    rate(ExitClass.CPUID, 0, 1);
  }

  private void rate(ExitClass exitClass, double least, double most) {
    rates.put(exitClass, least + random.nextDouble() * (most - least));
    costsNs.put(exitClass, 800 + random.nextDouble() * 3_000);
  }

  /** What it is busy for now, from 0 to 1. */
  double load() {
    return load;
  }

  /** The account when it is read at this time. */
  VcpuAccount at(long readNs) {
    long wallNs = readNs - sinceNs - postedNs;
    postedNs += wallNs;
    advance(wallNs);
    ExitCounts.Builder counts = ExitCounts.builder(total());
    for (ExitClass exitClass : ExitClass.values()) {
      counts.set(exitClass, exits[exitClass.ordinal()]);
    }
    long cpuNs = ns(Line.GUEST) + ns(Line.EXIT) + ns(Line.VMM) + ns(Line.POLL);
    Reading reading =
        new Reading(
            cpuNs + random.nextInt(20_000),
            ns(Line.WAIT_PREEMPTED) + ns(Line.WAIT_WOKEN),
            pcpu,
            LineTimes.of(Tier.EXACT, lines),
            Optional.of(counts.build()),
            Optional.of(detail()));
    return new VcpuAccount(vcpu, sinceNs, reading, Map.of());
  }

  private void advance(long wallNs) {
    load =
        Math.min(0.97, Math.max(0.01, load + 0.2 * (level - load) + 0.03 * random.nextGaussian()));
    long leftNs = wallNs;
    rates.forEach((exitClass, rate) -> exit(exitClass, rate * wallNs / SECOND_NS));
    leftNs -= postExits();
    long wakeUps = scattered(rates.get(ExitClass.HLT) * (1.1 - load));
    spread(latency, wakeUps);
    leftNs -= post(Line.POLL, wakeUps * 12_000 * (1 + 0.1 * random.nextGaussian()), leftNs);
    leftNs -= post(Line.WAIT_WOKEN, wakeUps * 4_000 * (1 + 0.1 * random.nextGaussian()), leftNs);
    double mmio = rates.get(ExitClass.MMIO) * 6_000;
    leftNs -= post(Line.VMM, mmio * (1 + 0.1 * random.nextGaussian()), leftNs);
    if (contended) {
      double share = 0.04 + 0.01 * random.nextGaussian();
      leftNs -= post(Line.WAIT_PREEMPTED, wallNs * share, leftNs);
    }
    leftNs -= post(Line.GUEST, wallNs * load, leftNs);
    lines[Line.HALTED.ordinal()] += leftNs;
    if (!pinned && random.nextInt(4) == 0) {
      pcpu = random.nextInt(PCPUS);
      migrations += 1 + random.nextInt(3);
    }
  }

  private void exit(ExitClass exitClass, double mean) {
    boolean follows = exitClass != ExitClass.MSR_TIMER;
    long count = scattered(follows ? mean * (0.3 + load) : mean);
    exits[exitClass.ordinal()] += count;
    spread(durations[exitClass.ordinal()], count);
    double costNs = costsNs.get(exitClass) * (1 + 0.05 * random.nextGaussian());
    exitNs[exitClass.ordinal()] += Math.round(Math.max(0, count * costNs));
  }

  /** Brings the line up to the sum of its classes. */
  private long postExits() {
    long sum = 0;
    for (long ns : exitNs) {
      sum += ns;
    }
    long added = sum - lines[Line.EXIT.ordinal()];
    lines[Line.EXIT.ordinal()] = sum;
    return added;
  }

  private long post(Line line, double ns, long leftNs) {
    long posted = Math.min(leftNs, Math.round(Math.max(0, ns)));
    lines[line.ordinal()] += posted;
    return posted;
  }

  /** A count about a mean, with half more than the deviation of chance. */
  private long scattered(double mean) {
    return Math.round(Math.max(0, mean + 1.5 * Math.sqrt(mean) * random.nextGaussian()));
  }

  private void spread(long[] histogram, long count) {
    long left = count;
    for (int i = 0; i < BUCKETS.length - 1; i++) {
      long in = Math.min(left, scattered(count * BUCKETS[i]));
      histogram[FIRST_BUCKET + i] += in;
      left -= in;
    }
    histogram[FIRST_BUCKET + BUCKETS.length - 1] += left;
  }

  private long ns(Line line) {
    return lines[line.ordinal()];
  }

  private long total() {
    long total = 0;
    for (long count : exits) {
      total += count;
    }
    return total;
  }

  private ExactDetail detail() {
    List<Log2Histogram> histograms = new ArrayList<>();
    for (long[] counts : durations) {
      histograms.add(Log2Histogram.of(counts, 0));
    }
    return new ExactDetail(
        new ExitTimes(exitNs, histograms),
        new Scheduling(
            Log2Histogram.of(latency, 0), 90_000, migrations, migrations / 9, OptionalInt.of(0)),
        total(),
        exits[ExitClass.MMIO.ordinal()],
        total() / 3,
        total() - total() / 3,
        OptionalLong.empty());
  }
}
