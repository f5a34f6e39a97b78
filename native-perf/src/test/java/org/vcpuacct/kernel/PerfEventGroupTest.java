package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a group does when calls fail, which a real kernel does not do on demand. */
class PerfEventGroupTest {

  private static final int TID = 4711;
  private static final PerfEvent EXITS = PerfEvent.tracepoint("kvm:kvm_exit", 103);
  private static final List<PerfEvent> EVENTS =
      List.of(EXITS, EXITS.withFilter("exit_reason == 30"), EXITS.withFilter("exit_reason == 12"));

  private static byte[] readFormat(long... fields) {
    ByteBuffer bytes =
        ByteBuffer.allocate(fields.length * Long.BYTES).order(ByteOrder.nativeOrder());
    for (long field : fields) {
      bytes.putLong(field);
    }
    return bytes.array();
  }

  @Test
  void theFirstEventLeadsTheOthers() throws IOException {
    ScriptedKernel kernel = new ScriptedKernel();
    PerfEventGroup group = PerfEventGroup.open(kernel, TID, EVENTS);
    int leader = kernel.openFds().iterator().next();

    assertThat(kernel.groupFds()).containsExactly(-1, leader, leader);
    assertThat(kernel.openFds()).hasSize(EVENTS.size());

    group.close();
    assertThat(kernel.openFds()).isEmpty();
  }

  @Test
  void oneReadGivesTheCountsInTheOrderOfTheEvents() throws IOException {
    ScriptedKernel kernel = new ScriptedKernel().withFile(readFormat(3, 2_000, 2_000, 70, 50, 20));
    try (PerfEventGroup group = PerfEventGroup.open(kernel, TID, EVENTS)) {
      PerfReading reading = group.read();

      assertThat(kernel.callsMade("read")).isEqualTo(1);
      assertThat(reading.count(0)).isEqualTo(70);
      assertThat(reading.count(1)).isEqualTo(50);
      assertThat(reading.count(2)).isEqualTo(20);
      assertThat(reading.enabledNs()).isEqualTo(2_000);
      assertThat(reading.runningNs()).isEqualTo(2_000);
      assertThat(reading.multiplexed()).isFalse();
    }
  }

  @Test
  void countersThatStoodStillForAWhileAreMultiplexed() throws IOException {
    ScriptedKernel kernel = new ScriptedKernel().withFile(readFormat(3, 2_000, 1_999, 7, 5, 2));
    try (PerfEventGroup group = PerfEventGroup.open(kernel, TID, EVENTS)) {
      assertThat(group.read().multiplexed()).isTrue();
    }
  }

  @Test
  void countersThatTheKernelStoppedAreAnError() throws IOException {
    // read(2) returns 0 for an event in the state PERF_EVENT_STATE_ERROR.
    ScriptedKernel kernel = new ScriptedKernel().withFile(new byte[0]);
    try (PerfEventGroup group = PerfEventGroup.open(kernel, TID, EVENTS)) {
      assertThatThrownBy(group::read)
          .isInstanceOf(IOException.class)
          .hasMessage("read of 3 perf counters, thread 4711: got 0 bytes instead of 48");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void withoutDescriptorsNothingStaysOpen(int occurrence) {
    ScriptedKernel kernel =
        new ScriptedKernel().failing("perf_event_open", occurrence, Errno.EMFILE);

    assertThatThrownBy(() -> PerfEventGroup.open(kernel, TID, EVENTS))
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EMFILE))
        .hasMessageContaining("RLIMIT_NOFILE");
    assertThat(kernel.callsMade("perf_event_open")).isEqualTo(occurrence);
    assertThat(kernel.openFds()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1, CAP_PERFMON",
    "13, perf_event_paranoid",
    "22, id changes when its module is reloaded",
    "23, /proc/sys/fs/file-max",
    "38, CONFIG_PERF_EVENTS",
  })
  void anErrorOfOpeningSaysWhatWouldMendIt(int errno, String remedy) {
    ScriptedKernel kernel = new ScriptedKernel().failing("perf_event_open", 2, errno);

    assertThatThrownBy(() -> PerfEventGroup.open(kernel, TID, EVENTS))
        .isInstanceOfSatisfying(KernelException.class, e -> assertThat(e.errno()).isEqualTo(errno))
        .hasMessageStartingWith(
            "perf_event_open of kvm:kvm_exit if exit_reason == 30, thread 4711: ")
        .hasMessageContaining(remedy);
    assertThat(kernel.openFds()).isEmpty();
  }

  @Test
  void aRejectedFilterIsQuoted() {
    ScriptedKernel kernel = new ScriptedKernel().failing("ioctl", 2, Errno.EINVAL);

    assertThatThrownBy(() -> PerfEventGroup.open(kernel, TID, EVENTS))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("PERF_EVENT_IOC_SET_FILTER")
        .hasMessageContaining("exit_reason == 12")
        .hasMessageContaining("EINVAL");
    assertThat(kernel.openFds()).isEmpty();
  }

  @Test
  void aGroupThatCannotStartStaysClosed() {
    int filters = 2;
    ScriptedKernel kernel = new ScriptedKernel().failing("ioctl", filters + 1, Errno.EINVAL);

    assertThatThrownBy(() -> PerfEventGroup.open(kernel, TID, EVENTS))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("PERF_EVENT_IOC_ENABLE");
    assertThat(kernel.openFds()).isEmpty();
  }

  @Test
  void aClosedGroupIsNotReadAndClosedOnce() throws IOException {
    ScriptedKernel kernel = new ScriptedKernel();
    PerfEventGroup group = PerfEventGroup.open(kernel, TID, EVENTS);
    group.close();
    group.close();

    assertThat(kernel.callsMade("close")).isEqualTo(EVENTS.size());
    assertThatThrownBy(group::read).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aGroupNeedsAThreadAndAnEvent() {
    ScriptedKernel kernel = new ScriptedKernel();

    assertThatThrownBy(() -> PerfEventGroup.open(kernel, 0, EVENTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a thread's number: 0");
    assertThatThrownBy(() -> PerfEventGroup.open(kernel, TID, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
