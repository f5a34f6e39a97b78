package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A guest whose agent's socket a real libvirtd holds. The tests share one domain, and the last one
 * ends it.
 */
@LabTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("full")
class LibvirtIT {

  private static final String DOMAIN = "held";
  private static final String UUID = "4dea22b3-1d52-4df3-a516-782e98ab3fa0";
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final long OK = 1;
  private static final long NOT_ANSWERING = 3;
  private static final long TICK_NS = 10_000_000;

  /** In the order of the fields of /proc/stat. */
  private static final List<String> TIMES =
      List.of("User", "Nice", "System", "Idle", "Iowait", "Irq", "Softirq", "Steal");

  private static LibvirtHost libvirt;
  private static Daemon daemon;
  private static Manager manager;
  private static int vm;

  @BeforeAll
  static void startDomain(Lab lab) {
    libvirt = LibvirtHost.start(lab, DOMAIN, UUID);
    daemon =
        Daemon.on(lab)
            .snmp("[guest]\ninterval-ms = 4000\ntimeout-ms = 4000\n")
            .through("taskset", "-c", "0")
            .start();
    manager = daemon.manager();
    manager.awaitRow(DOMAIN, true);
    vm = manager.vm(DOMAIN);
    awaitState(OK, "");
  }

  @AfterAll
  static void end() {
    if (daemon != null) {
      daemon.close();
    }
    if (libvirt != null) {
      libvirt.close();
    }
  }

  @Test
  @Order(1)
  void theRowsSayWhatTheGuestsOwnProcStatSays() {
    List<Long> before = procStatNs();
    awaitReport();
    awaitReport();
    List<Long> told = TIMES.stream().map(time -> guestNs(time)).toList();
    List<Long> after = procStatNs();

    Figures.show("through libvirt, CPU 0: %s, told %s, then %s ns", before, told, after);
    for (int i = 0; i < TIMES.size(); i++) {
      assertThat(told.get(i)).as(TIMES.get(i)).isBetween(before.get(i), after.get(i));
    }
    assertThat(sum(told)).isGreaterThan(sum(before)).isLessThan(sum(after));
  }

  /** libvirt writes name and UUID on QEMU's command line: there is nothing to ask it for. */
  @Test
  @Order(2)
  void theVmIsCalledAsLibvirtCallsIt() {
    assertThat(manager.vmColumn("vaVmUuid", vm).asText()).containsIgnoringCase(UUID);
  }

  @Test
  @Order(3)
  void anAgentThatIsStoppedIsGivenUpByLibvirt() {
    libvirt.runInGuest("kill -STOP $(pidof qemu-ga); sleep 10; kill -CONT $(pidof qemu-ga)");

    awaitState(NOT_ANSWERING, "Guest agent is not responding");
    awaitState(OK, "");
  }

  @Test
  @Order(4)
  void aStoppedLibvirtdIsToldFromASilentGuest() {
    libvirt.signalLibvirtd("STOP");
    try {
      awaitState(NOT_ANSWERING, "libvirt (qemu:///system) did not answer within 4000 ms");
      long steps = manager.steps();
      manager.awaitStep(steps + 3);
    } finally {
      libvirt.signalLibvirtd("CONT");
    }
    awaitState(OK, "");
  }

  @Test
  @Order(5)
  void aGuestWithoutAgentALibvirtdThatIsGoneAndAVmThatIsGone(Lab lab) {
    libvirt.runInGuest("kill $(pidof qemu-ga)");
    awaitState(NOT_ANSWERING, "QEMU guest agent is not connected");
    libvirt.signalLibvirtd("KILL");
    awaitState(NOT_ANSWERING, "Failed to connect socket");
    lab.run("kill", manager.vmColumn("vaVmProcessId", vm).value()).orFail();
    manager.awaitRow(DOMAIN, false);
  }

  private static void awaitState(long state, String message) {
    int ne = manager.ne(DOMAIN);
    Await.until(
        "state " + state + " with \"" + message + "\"",
        LIMIT,
        () ->
            manager.neColumn("vaNeGuestState", ne).asLong() == state
                && manager.neColumn("vaNeErrorMessage", ne).asText().contains(message));
    Figures.show(
        "through libvirt, state %d: %s", state, manager.neColumn("vaNeErrorMessage", ne).asText());
  }

  private static void awaitReport() {
    long ns = guestNs("Idle");
    Await.until("new report", LIMIT, () -> guestNs("Idle") != ns);
  }

  private static long guestNs(String time) {
    return manager.vcpuColumn("vaVcpuGuest" + time + "Ns", vm, 0).asLong();
  }

  /** The first times of the guest's CPU 0, ns. */
  private static List<Long> procStatNs() {
    String line =
        libvirt
            .read("/proc/stat")
            .lines()
            .filter(text -> text.startsWith("cpu0 "))
            .findFirst()
            .get();
    return Arrays.stream(line.split(" ", -1))
        .skip(1)
        .limit(TIMES.size())
        .map(ticks -> Long.parseLong(ticks) * TICK_NS)
        .toList();
  }

  private static long sum(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).sum();
  }
}
