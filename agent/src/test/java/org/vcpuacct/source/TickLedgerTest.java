package org.vcpuacct.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vcpuacct.host.SchedStat;
import org.vcpuacct.host.ThreadStat;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.LineTimes;
import org.vcpuacct.ledger.Tier;

class TickLedgerTest {

  private static final long MS = 1_000_000;

  @Test
  void timeIsSplitInTheRatioOfTheTicks() {
    TickLedger ledger = new TickLedger(0, sched(0, 0), ticks(0, 0, 0));

    ledger.post(1000 * MS, sched(500 * MS, 100 * MS), ticks(30, 20, 25));

    LineTimes lines = ledger.lines(Tier.SAMPLED);
    assertThat(ns(lines, Line.GUEST)).isEqualTo(250 * MS);
    assertThat(ns(lines, Line.VMM)).isEqualTo(50 * MS);
    assertThat(ns(lines, Line.HOST_KERNEL)).isEqualTo(200 * MS);
    assertThat(ns(lines, Line.WAIT)).isEqualTo(100 * MS);
    assertThat(ns(lines, Line.ASLEEP)).isEqualTo(400 * MS);
  }

  @Test
  void anIntervalWithoutATickIsSplitAsTheLastThatHadOne() {
    TickLedger ledger = new TickLedger(0, sched(0, 0), ticks(0, 0, 0));
    ledger.post(1000 * MS, sched(1000 * MS, 0), ticks(100, 0, 75));

    ledger.post(1004 * MS, sched(1004 * MS, 0), ticks(100, 0, 75));

    assertThat(ns(ledger.lines(Tier.SAMPLED), Line.GUEST)).isEqualTo(753 * MS);
  }

  @Test
  void cpuTimeOfAThreadThatNeverHadATickIsUnknown() {
    TickLedger ledger = new TickLedger(0, sched(0, 0), ticks(0, 0, 0));

    ledger.post(10 * MS, sched(3 * MS, 0), ticks(0, 0, 0));

    assertThat(ns(ledger.lines(Tier.SAMPLED), Line.UNKNOWN)).isEqualTo(3 * MS);
    assertThat(ns(ledger.lines(Tier.SAMPLED), Line.ASLEEP)).isEqualTo(7 * MS);
  }

  @Test
  void guestTicksThatRunAheadOfUserTicksTakeNoMoreThanThereIs() {
    TickLedger ledger = new TickLedger(0, sched(0, 0), ticks(0, 0, 0));

    ledger.post(100 * MS, sched(100 * MS, 0), ticks(9, 1, 12));

    assertThat(ns(ledger.lines(Tier.SAMPLED), Line.GUEST)).isEqualTo(100 * MS);
    assertThat(ns(ledger.lines(Tier.SAMPLED), Line.VMM)).isZero();
    assertThat(ns(ledger.lines(Tier.SAMPLED), Line.HOST_KERNEL)).isZero();
  }

  @Test
  void cpuTimeThatComesLateIsPostedInTheNextInterval() {
    TickLedger ledger = new TickLedger(0, sched(0, 0), ticks(1, 0, 1));

    ledger.post(100 * MS, sched(104 * MS, 0), ticks(11, 0, 11));
    ledger.post(200 * MS, sched(190 * MS, 0), ticks(20, 0, 20));

    LineTimes lines = ledger.lines(Tier.SAMPLED);
    assertThat(ns(lines, Line.GUEST)).isEqualTo(190 * MS);
    assertThat(ns(lines, Line.ASLEEP)).isEqualTo(10 * MS);
    assertThat(ledger.cpuNs()).isEqualTo(190 * MS);
  }

  @Test
  void whateverTheFiguresAreTheLinesSumToWallTime() {
    Random random = new Random(1);
    for (int run = 0; run < 200; run++) {
      assertBooksBalance(random);
    }
  }

  private static void assertBooksBalance(Random random) {
    long nowNs = random.nextLong(1L << 50);
    long openedNs = nowNs;
    SchedStat sched = sched(random.nextLong(1L << 50), random.nextLong(1L << 50));
    ThreadStat ticks = ticks(random.nextLong(1 << 20), random.nextLong(1 << 20), 0);
    TickLedger ledger = new TickLedger(nowNs, sched, ticks);
    for (int step = 0; step < 50; step++) {
      nowNs += random.nextLong(2000 * MS);
      sched =
          sched(
              sched.cpuNs() + random.nextLong(2000 * MS),
              sched.runDelayNs() + random.nextLong(2000 * MS));
      ticks =
          ticks(
              ticks.utimeTicks() + random.nextInt(100),
              ticks.stimeTicks() + random.nextInt(100),
              ticks.guestTicks() + random.nextInt(100));
      ledger.post(nowNs, sched, ticks);
      assertThat(ledger.lines(Tier.COUNTED).totalNs()).isEqualTo(nowNs - openedNs);
    }
  }

  private static long ns(LineTimes lines, Line line) {
    return lines.ns(line).orElseThrow();
  }

  private static SchedStat sched(long cpuNs, long runDelayNs) {
    return new SchedStat(cpuNs, runDelayNs, 0);
  }

  private static ThreadStat ticks(long utimeTicks, long stimeTicks, long guestTicks) {
    return new ThreadStat('R', 1, 0, utimeTicks, stimeTicks, 1, 0, 0, 0, guestTicks);
  }
}
