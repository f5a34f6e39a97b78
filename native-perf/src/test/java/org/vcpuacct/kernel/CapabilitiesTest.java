package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** On threads of their own, as what is given up is gone. */
class CapabilitiesTest {

  private static final Set<Capability> KEPT = Set.of(Capability.SYS_PTRACE, Capability.PERFMON);
  private static final long KEPT_BITS = 1L << 19 | 1L << 38;

  @Test
  void nothingIsLeftButWhatIsKept() throws Exception {
    long before = ofThisThread("CapEff");
    AtomicLong effective = new AtomicLong(-1);
    AtomicLong permitted = new AtomicLong(-1);
    AtomicLong inheritable = new AtomicLong(-1);
    onNewThread(
        () -> {
          Capabilities.keepOnly(KEPT);
          effective.set(ofThisThread("CapEff"));
          permitted.set(ofThisThread("CapPrm"));
          inheritable.set(ofThisThread("CapInh"));
        });

    assertThat(effective.get()).isEqualTo(before & KEPT_BITS);
    assertThat(permitted.get()).isEqualTo(ofThisThread("CapPrm") & KEPT_BITS);
    assertThat(inheritable.get()).isZero();
    assertThat(ofThisThread("CapEff")).as("of another thread").isEqualTo(before);
  }

  @Test
  void aThreadStartedLaterHasNoMore() throws Exception {
    long before = ofThisThread("CapEff");
    AtomicLong after = new AtomicLong(-1);
    onNewThread(
        () -> {
          Capabilities.keepOnly(KEPT);
          onNewThread(() -> after.set(ofThisThread("CapEff")));
        });

    assertThat(after.get()).isEqualTo(before & KEPT_BITS);
  }

  private interface Action {
    void run() throws Exception;
  }

  private static void onNewThread(Action action) throws InterruptedException {
    Thread thread =
        new Thread(
            () -> {
              try {
                action.run();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    thread.join();
  }

  private static long ofThisThread(String set) throws IOException {
    return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
        .filter(line -> line.startsWith(set + ":"))
        .map(line -> Long.parseUnsignedLong(line.substring(set.length() + 1).strip(), 16))
        .findFirst()
        .orElseThrow();
  }
}
