package org.vcpuacct.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.kernel.UnixDatagrams;

/** The service manager's part is played by a real socket. */
class ServiceManagerTest {

  private static final long PID = 4711;

  /** More than a socket's queue takes. */
  private static final int MANY = 10_000;

  @TempDir private Path folder;

  private static List<String> all(UnixDatagrams socket) {
    List<String> heard = new ArrayList<>();
    Optional<String> next = socket.next();
    while (next.isPresent()) {
      heard.add(next.get());
      next = socket.next();
    }
    return heard;
  }

  private String path() {
    return folder.resolve("notify").toString();
  }

  private static ServiceManager manager(String socket) {
    return ServiceManager.of(Map.of("NOTIFY_SOCKET", socket), PID);
  }

  private static void assertToldAll(String name) throws IOException {
    try (UnixDatagrams socket = new UnixDatagrams(name);
        ServiceManager manager = manager(name)) {
      manager.status("tier exact, 1 VMs");
      manager.ready();
      manager.status("tier exact, 1 VMs");
      manager.status("tier exact, 2 VMs");
      manager.stopping();

      assertThat(all(socket))
          .containsExactly(
              "STATUS=tier exact, 1 VMs", "READY=1", "STATUS=tier exact, 2 VMs", "STOPPING=1");
    }
  }

  @Test
  void isToldOnAPath() throws IOException {
    assertToldAll(path());
  }

  @Test
  void isToldOnAnAbstractName() throws IOException {
    assertToldAll("@vcpuacct-test-" + UUID.randomUUID());
  }

  @Test
  void whatItHasNoRoomForIsSentWithWhatComesNext() throws IOException {
    try (UnixDatagrams socket = new UnixDatagrams(path());
        ServiceManager manager = manager(path())) {
      for (int number = 0; number < MANY; number++) {
        manager.status("number " + number);
      }
      manager.ready();
      assertThat(all(socket)).doesNotContain("STATUS=number " + (MANY - 1)).isNotEmpty();
      manager.status("number " + (MANY - 1));

      assertThat(all(socket)).containsExactly("STATUS=number " + (MANY - 1) + "\nREADY=1");
    }
  }

  @Test
  void isToldWhenTheDaemonReloads() throws IOException {
    try (UnixDatagrams socket = new UnixDatagrams(path());
        ServiceManager manager = manager(path())) {
      manager.reloading(1_234_567_890);
      manager.ready();
      assertThat(all(socket)).containsExactly("MONOTONIC_USEC=1234567\nRELOADING=1", "READY=1");
    }
  }

  @Test
  void ofWhatItHadNoRoomForTheLastHolds() throws IOException {
    try (ServiceManager manager = manager(path())) {
      manager.ready();
      manager.reloading(1_000);
      manager.ready();
      try (UnixDatagrams socket = new UnixDatagrams(path())) {
        manager.status("here");
        assertThat(all(socket))
            .containsExactly("MONOTONIC_USEC=1\nRELOADING=1\nREADY=1\nSTATUS=here");
      }
    }
  }

  @Test
  void isToldOnceItListensAgain() throws IOException {
    try (ServiceManager manager = manager(path())) {
      manager.ready();
      try (UnixDatagrams socket = new UnixDatagrams(path())) {
        manager.status("here");
        assertThat(all(socket)).containsExactly("READY=1\nSTATUS=here");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "vsock:2:9999", "notify"})
  void oneThatCannotBeToldIsNoReasonToEnd(String name) {
    try (ServiceManager manager = manager(name)) {
      manager.ready();
      manager.status("alone");
      manager.stopping();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void withoutOneNothingHappens() {
    try (ServiceManager manager = ServiceManager.of(Map.of(), PID)) {
      manager.ready();
      manager.stopping();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "40000, 4711, true",
    "40000, , true",
    "40000, 4712, false",
    "0, 4711, false",
    "-1, 4711, false",
    "soon, 4711, false",
    ", 4711, false",
  })
  void aWatchdogOfThisProcessIsToBeTold(String limit, String process, boolean told) {
    Map<String, String> environment = new HashMap<>(Map.of("NOTIFY_SOCKET", path()));
    Optional.ofNullable(limit).ifPresent(value -> environment.put("WATCHDOG_USEC", value));
    Optional.ofNullable(process).ifPresent(value -> environment.put("WATCHDOG_PID", value));
    try (ServiceManager manager = ServiceManager.of(environment, PID)) {
      assertThat(manager.watchdogLimit().isPresent()).isEqualTo(told);
    }
  }
}
