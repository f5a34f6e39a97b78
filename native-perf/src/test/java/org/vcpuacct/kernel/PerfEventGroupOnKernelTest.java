package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Counting system calls, of which a test can make an exact number, by the running kernel. */
class PerfEventGroupOnKernelTest {

  private static final int GROUPS = 1_000;

  // Chosen by how it behaves on any thread: nobody else in this process calls getppid.
  private static final int GETPPID = System.getProperty("os.arch").equals("aarch64") ? 173 : 110;

  private static PerfEvent entries;
  private static PerfEvent getppids;
  private static PerfEvent others;

  // Keeps the tracepoint switched on: each switching patches the kernel code, which takes tens of
  // ms.
  private static PerfEventGroup attached;

  @BeforeAll
  static void findTheEvent() throws Exception {
    entries =
        PerfEvent.tracepoint(
            "raw_syscalls:sys_enter", Tracefs.tracepointId("raw_syscalls/sys_enter"));
    getppids = entries.withFilter("id == " + GETPPID);
    others = entries.withFilter("id != " + GETPPID);
    try {
      attached = PerfEventGroup.open(TestLibC.currentTid(), List.of(entries));
    } catch (KernelException e) {
      if (e.errno() == Errno.EACCES || e.errno() == Errno.EPERM) {
        abort(e.getMessage());
      }
      throw e;
    }
  }

  @AfterAll
  static void detach() {
    if (attached != null) {
      attached.close();
    }
  }

  private static int openPerfFds() throws IOException {
    return TestLibC.openFdsOf(Path.of("anon_inode:[perf_event]")).size();
  }

  @Test
  void countsExactlyTheHitsThatMatch() throws Exception {
    try (PerfEventGroup group =
        PerfEventGroup.open(TestLibC.currentTid(), List.of(entries, getppids, others))) {
      PerfReading before = group.read();
      for (int i = 0; i < 12_345; i++) {
        TestLibC.getppid();
      }
      PerfReading after = group.read();

      assertThat(before.count(1)).isZero();
      assertThat(after.count(1)).isEqualTo(12_345);
      assertThat(after.count(1) + after.count(2)).isEqualTo(after.count(0));
      assertThat(after.enabledNs()).isGreaterThan(before.enabledNs());
      assertThat(after.multiplexed()).isFalse();
    }
  }

  @Test
  void countsOfARunningThreadBelongTogether() throws Exception {
    try (KernelThread thread = KernelThread.looping(TestLibC::getppid)) {
      for (int i = 0; i < 100; i++) {
        try (PerfEventGroup group =
            PerfEventGroup.open(thread.tid(), List.of(entries, getppids, others))) {
          awaitCounts(group);
          PerfReading reading = group.read();

          // This event is hit with interrupts on: a reading may come between two counters of it.
          assertThat(reading.count(1) + reading.count(2)).isCloseTo(reading.count(0), within(1L));
        }
      }
    }
  }

  private static void awaitCounts(PerfEventGroup group) throws IOException {
    while (group.read().count(0) < 100) {
      Thread.onSpinWait();
    }
  }

  @Test
  void theLastCountsOutliveTheThread() throws Exception {
    KernelThread thread = KernelThread.looping(TestLibC::getppid);
    try (PerfEventGroup group = PerfEventGroup.open(thread.tid(), List.of(entries, getppids))) {
      awaitCounts(group);
      thread.close();
      PerfReading last = group.read();

      assertThat(last.count(1)).isBetween(1L, thread.rounds());
      assertThat(group.read().count(0)).isEqualTo(last.count(0));
    } finally {
      thread.close();
    }
  }

  @Test
  void anEndedThreadIsNoSuchProcess() throws Exception {
    KernelThread thread = KernelThread.looping(TestLibC::getppid);
    thread.close();

    assertThatThrownBy(() -> PerfEventGroup.open(thread.tid(), List.of(entries)))
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ESRCH));
  }

  @Test
  void theKernelRejectsAFilterOnAFieldThatIsNotThere() {
    PerfEvent wrong = entries.withFilter("no_such_field == 1");

    assertThatThrownBy(() -> PerfEventGroup.open(TestLibC.currentTid(), List.of(entries, wrong)))
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
        .hasMessageContaining("no_such_field == 1");
  }

  @Test
  void theKernelDoesNotKnowAnIdThatIsNotThere() {
    PerfEvent unloaded = PerfEvent.tracepoint("gone:gone", 65_000);

    assertThatThrownBy(() -> PerfEventGroup.open(TestLibC.currentTid(), List.of(unloaded)))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("gone:gone")
        .hasMessageContaining("the kernel knows no such event");
  }

  @Test
  void descriptorsAreGivenBackBySuccessAndByFailure() throws Exception {
    int tid = TestLibC.currentTid();
    int before = openPerfFds();
    PerfEvent wrong = entries.withFilter("no_such_field == 1");
    for (int i = 0; i < GROUPS; i++) {
      PerfEventGroup.open(tid, List.of(entries, getppids)).close();
      assertThatThrownBy(() -> PerfEventGroup.open(tid, List.of(entries, wrong)))
          .isInstanceOf(KernelException.class);
    }

    assertThat(openPerfFds()).isEqualTo(before);
  }
}
