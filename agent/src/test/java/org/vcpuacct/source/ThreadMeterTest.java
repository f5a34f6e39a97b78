package org.vcpuacct.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Tier;

class ThreadMeterTest {

  private static final int PID = 7;
  private static final long MS = 1_000_000;

  @TempDir private Path root;
  private Path thread;

  @BeforeEach
  void makeThread() throws IOException {
    thread = Files.createDirectories(new HostRoot(root).thread(PID, PID));
    write(0, 0, 0);
  }

  @Test
  void ticksAndCpuAreReadAgainOnceTheThreadHasRunForATick() throws IOException {
    try (ThreadMeter meter = open()) {
      write(9 * MS, 1, 3);
      assertThat(readAt(meter, 1000 * MS).lastPcpu()).isZero();

      write(10 * MS, 1, 3);
      Reading reading = readAt(meter, 2000 * MS);

      assertThat(reading.lastPcpu()).isEqualTo(3);
      assertThat(reading.cpuNs()).isEqualTo(10 * MS);
      assertThat(reading.lines().ns(Line.GUEST)).hasValue(MS);
    }
  }

  @Test
  void cpuTimeIsNeverLate() throws IOException {
    try (ThreadMeter meter = open()) {
      write(1, 0, 0);

      assertThat(readAt(meter, 1000 * MS).cpuNs()).isEqualTo(1);
    }
  }

  private ThreadMeter open() throws IOException {
    return new ThreadMeter(new HostRoot(root), PID, PID, new ScratchBuffer(), 0);
  }

  private static Reading readAt(ThreadMeter meter, long nowNs) throws IOException {
    meter.update(nowNs);
    return meter.reading(Tier.SAMPLED, Optional.empty());
  }

  private void write(long cpuNs, int guestTicks, int pcpu) throws IOException {
    Files.writeString(thread.resolve("schedstat"), cpuNs + " 0 1\n");
    Files.writeString(
        thread.resolve("stat"),
        "7 (CPU 0/KVM) S 1 7 7 0 -1 0 0 0 0 0 %d 0 0 0 20 0 1 0 99 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 17 %d 0 0 0 %d 0"
            .formatted(guestTicks, pcpu, guestTicks));
  }
}
