package org.vcpuacct.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.vcpuacct.kernel.LedgerEvent.Block;
import org.vcpuacct.kernel.LedgerEvent.CompareExits;
import org.vcpuacct.kernel.LedgerEvent.CompareRunDelay;
import org.vcpuacct.kernel.LedgerEvent.End;
import org.vcpuacct.kernel.LedgerEvent.Entry;
import org.vcpuacct.kernel.LedgerEvent.Exit;
import org.vcpuacct.kernel.LedgerEvent.LearnKernel;
import org.vcpuacct.kernel.LedgerEvent.Leave;
import org.vcpuacct.kernel.LedgerEvent.Poll;
import org.vcpuacct.kernel.LedgerEvent.Preempt;
import org.vcpuacct.kernel.LedgerEvent.Run;
import org.vcpuacct.kernel.LedgerEvent.Sleep;
import org.vcpuacct.kernel.LedgerEvent.Wake;

/**
 * Random events for a ledger that is opened at {@link #OPENED_NS}. The same seed gives the same
 * events.
 */
final class LedgerEvents {

  static final long OPENED_NS = 1_000_000_000_000L;

  private static final LedgerEvent.Kind[] KINDS = LedgerEvent.Kind.values();
  private static final Sleep[] SLEEPS = Sleep.values();

  private final Random random;
  private final List<LedgerEvent> events = new ArrayList<>();
  private long nowNs = OPENED_NS;

  private LedgerEvents(long seed) {
    this.random = new Random(seed);
  }

  /**
   * Events in any order, sensible or not: classes and modes that do not exist, clocks and counters
   * that step back or leap.
   */
  static List<LedgerEvent> arbitrary(long seed, int count) {
    LedgerEvents generator = new LedgerEvents(seed);
    for (int i = 0; i < count; i++) {
      generator.addArbitrary();
    }
    return List.copyOf(generator.events);
  }

  /**
   * The events of a vCPU's life, but one in ten is lost, and now and then the clock steps back, as
   * it does between pCPUs, or something comes twice.
   */
  static List<LedgerEvent> disturbed(long seed, int episodes) {
    Random random = new Random(seed);
    List<LedgerEvent> disturbed = new ArrayList<>();
    long nowNs = OPENED_NS;
    for (LedgerEvent event : VcpuLife.of(seed, episodes).events()) {
      nowNs = Math.max(nowNs, event.nowNs());
      int fate = random.nextInt(20);
      if (fate > 1) {
        disturbed.add(event);
      }
      if (fate == 2) {
        disturbed.add(event);
      } else if (fate == 3) {
        disturbed.add(new Entry(nowNs - random.nextInt(2_000)));
      }
    }
    return List.copyOf(disturbed);
  }

  private void addArbitrary() {
    nowNs = Math.max(0, nowNs + step());
    LedgerEvent.Kind kind = KINDS[random.nextInt(KINDS.length)];
    if (kind == LedgerEvent.Kind.END && random.nextInt(20) > 0) {
      kind = LedgerEvent.Kind.RUN; // most lives are longer than a dozen events
    }
    events.add(arbitrary(kind));
  }

  private LedgerEvent arbitrary(LedgerEvent.Kind kind) {
    return switch (kind) {
      case ENTRY -> new Entry(nowNs);
      case EXIT -> new Exit(nowNs, random.nextInt(30), random.nextInt(5));
      case LEAVE -> new Leave(nowNs, random.nextBoolean());
      case PREEMPT -> new Preempt(nowNs, random.nextBoolean(), counter());
      case BLOCK -> new Block(nowNs, SLEEPS[random.nextInt(SLEEPS.length)]);
      case WAKE -> new Wake(nowNs, random.nextBoolean(), counter());
      case RUN -> new Run(nowNs, random.nextInt(4), random.nextInt(2), counter());
      case POLL -> new Poll(nowNs, counter());
      case END -> new End(nowNs);
      case COMPARE_EXITS -> new CompareExits(counter());
      case COMPARE_RUN_DELAY -> new CompareRunDelay(counter());
      case LEARN_KERNEL -> new LearnKernel(counter(), counter());
    };
  }

  /** From a nanosecond to some minutes, or some microseconds back. */
  private long step() {
    return switch (random.nextInt(8)) {
      case 0 -> -random.nextInt(5_000);
      case 1 -> 0;
      default -> upTo(random.nextInt(38));
    };
  }

  private long counter() {
    return upTo(random.nextInt(40));
  }

  /** Any number below this power of two. */
  private long upTo(int log2) {
    return random.nextLong() & ((1L << log2) - 1);
  }
}
