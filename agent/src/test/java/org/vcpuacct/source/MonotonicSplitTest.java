package org.vcpuacct.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MonotonicSplitTest {

  @Test
  void whatOnlyGrowsIsShownAsItIs() {
    MonotonicSplit split = new MonotonicSplit(3);
    assertThat(split.show(new long[] {5, 0, 2}, 7)).containsExactly(5, 0, 2);
    assertThat(split.show(new long[] {6, 1, 2}, 9)).containsExactly(6, 1, 2);
  }

  @Test
  void aPartThatFallsStaysAndThePartThatGotItsTimeWaits() {
    MonotonicSplit split = new MonotonicSplit(2);
    assertThat(split.show(new long[] {100, 0}, 100)).containsExactly(100, 0);
    // 60 of it turn out to be the other's, and 10 more have passed there
    assertThat(split.show(new long[] {40, 70}, 110)).containsExactly(100, 10);
    assertThat(split.show(new long[] {150, 70}, 220)).containsExactly(150, 70);
  }

  @Test
  void noPartEverFallsAndTheSumAlwaysFits() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      MonotonicSplit split = new MonotonicSplit(4);
      long[] settled = new long[4];
      long[] before = new long[4];
      for (int step = 0; step < 100; step++) {
        settled[random.nextInt(4)] += random.nextInt(1000);
        int from = random.nextInt(4);
        long moved = settled[from] == 0 ? 0 : random.nextLong(settled[from]);
        settled[from] -= moved;
        settled[random.nextInt(4)] += moved;
        long[] shown = split.show(settled.clone(), Arrays.stream(settled).sum()).clone();

        assertThat(Arrays.stream(shown).sum()).as("seed %d", seed).isEqualTo(sum(settled));
        for (int i = 0; i < 4; i++) {
          assertThat(shown[i]).as("seed %d", seed).isGreaterThanOrEqualTo(before[i]);
        }
        before = shown;
      }
    }
  }

  private static long sum(long[] values) {
    return Arrays.stream(values).sum();
  }
}
