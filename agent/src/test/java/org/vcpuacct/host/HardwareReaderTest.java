package org.vcpuacct.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HardwareReaderTest {

  private static final Hardware HARDWARE = new Hardware("x", 1, 2, 4, 1, 0, 2, 1, 0.5);

  @Test
  void readsAtMostOnceInTenSeconds() {
    AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE - 1);
    AtomicInteger reads = new AtomicInteger();
    HardwareReader reader =
        new HardwareReader(
            () -> {
              reads.incrementAndGet();
              return HARDWARE;
            },
            nowNs::get);

    for (int second = 0; second < 25; second++) {
      assertThat(reader.get()).contains(HARDWARE);
      nowNs.addAndGet(TimeUnit.SECONDS.toNanos(1));
    }

    assertThat(reads).hasValue(3);
  }

  @Test
  void whatCannotBeReadIsAbsent() {
    HardwareReader reader =
        new HardwareReader(
            () -> {
              throw new IllegalStateException("no such file");
            },
            System::nanoTime);

    assertThat(reader.get()).isEmpty();
  }

  @Test
  void thisHostHasCpusAndMemory() {
    Hardware hardware = HardwareReader.of(new HostRoot(Path.of("/"))).get().orElseThrow();

    assertThat(hardware.sockets()).isPositive();
    assertThat(hardware.cores()).isBetween(hardware.sockets(), hardware.pcpus());
    assertThat(hardware.pcpus()).isGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(hardware.numaNodes()).isPositive();
    assertThat(hardware.memoryBytes()).isGreaterThan(hardware.availableBytes());
  }

  @Test
  void aRecordedHostHasNone() {
    assertThat(HardwareReader.of(new HostRoot(Path.of("/recorded"))).get()).isEmpty();
  }
}
