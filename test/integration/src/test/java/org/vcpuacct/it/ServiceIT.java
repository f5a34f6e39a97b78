package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vcpuacct.kernel.UnixDatagrams;

/** What a service manager hears of the daemon: sd_notify(3). The test plays its part. */
class ServiceIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Of the watchdog; the daemon beats twice in it. */
  private static final Duration WATCHDOG = Duration.ofSeconds(2);

  /** Less than the JVM waits for the daemon at most. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(4);

  private static final String BEAT = "WATCHDOG=1";

  /** Beats, and how the daemon does. */
  private static final String OF_NO_RELOAD = "(WATCHDOG|STATUS)=.*";

  private static final Pattern RELOADING = Pattern.compile("MONOTONIC_USEC=(\\d+)\nRELOADING=1");

  private final ThisMachine host = new ThisMachine();
  private final List<String> heard = new ArrayList<>();
  private Path socketFile;
  private UnixDatagrams socket;

  @BeforeEach
  void listen() throws IOException {
    socketFile = host.newFolder().resolve("notify");
    socket = new UnixDatagrams(socketFile.toString());
  }

  @AfterEach
  void cleanUp() {
    socket.close();
    host.close();
  }

  private Daemon.Builder service() {
    return Daemon.on(host)
        .bestTier("sampled")
        .through(
            "env", "NOTIFY_SOCKET=" + socketFile, "WATCHDOG_USEC=" + WATCHDOG.toNanos() / 1_000);
  }

  private void listenFor(Duration time) {
    long endNs = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - endNs < 0) {
      Optional<String> next = socket.next();
      next.ifPresentOrElse(heard::add, () -> Await.sleep(Duration.ofMillis(10)));
    }
  }

  private void awaitHeard(String message) {
    Await.until(
        message,
        LIMIT,
        () -> {
          listenFor(Duration.ofMillis(50));
          return heard.contains(message);
        });
  }

  private void assertBeats() {
    heard.clear();
    listenFor(WATCHDOG.multipliedBy(2));
    assertThat(heard.stream().filter(BEAT::equals)).hasSizeBetween(2, 5);
  }

  @Test
  void itIsReadyOnceItServesAndSaysWhenItEnds() {
    try (Daemon daemon = service().start()) {
      awaitHeard("READY=1");
      assertThat(heard.get(0)).startsWith("STATUS=tier sampled, ").contains(daemon.address());
      assertThat(daemon.log()).contains(heard.get(0).substring("STATUS=".length()));

      long askedNs = System.nanoTime();
      assertThat(daemon.stop().err()).doesNotContain("\tat ");
      assertThat(Duration.ofNanos(System.nanoTime() - askedNs)).isLessThan(STOP_LIMIT);
      awaitHeard("STOPPING=1");
      listenFor(Duration.ofMillis(100));
      assertThat(heard).containsOnlyOnce("READY=1");
      assertThat(heard).filteredOn(message -> !message.equals(BEAT)).endsWith("STOPPING=1");
    }
  }

  @Test
  void itSaysWhenItReloadsAndWhenItHas() {
    try (Daemon daemon = service().start()) {
      awaitHeard("READY=1");
      heard.clear();
      long beforeUs = System.nanoTime() / 1_000;
      daemon.reload(daemon.config());
      awaitHeard("READY=1");

      List<String> told = heard.stream().filter(message -> !message.matches(OF_NO_RELOAD)).toList();
      assertThat(told).hasSize(2).endsWith("READY=1");
      Matcher reloading = RELOADING.matcher(told.get(0));
      assertThat(reloading.matches()).as(told.get(0)).isTrue();
      assertThat(Long.parseLong(reloading.group(1))).isBetween(beforeUs, System.nanoTime() / 1_000);
      assertThat(daemon.log()).contains("changed: nothing");
    }
  }

  @Test
  void itsStatusFollowsTheVms() {
    try (Daemon daemon = service().start()) {
      awaitHeard("READY=1");
      heard.clear();
      try (Payload guest = Payload.start(host, "one-more", "--phase", "v0:spin=1000")) {
        daemon.manager().awaitRow(guest.name(), true);
        listenFor(Duration.ofSeconds(1));
        assertThat(heard).anyMatch(message -> message.startsWith("STATUS=tier "));
      }
    }
  }

  @Test
  void theWatchdogIsToldBetweenStepsThatAreFarApart() {
    try (Daemon daemon = service().standingStill().start()) {
      awaitHeard(BEAT);
      assertBeats();
      assertThat(daemon.log()).doesNotContain("left out");
    }
  }

  @Test
  void theWatchdogIsToldNothingWhileAStepHangs() throws IOException {
    Path root = host.newFolder();
    Path stat = Files.createDirectory(root.resolve("proc")).resolve("stat");
    Files.copy(Path.of("/proc/stat"), stat);
    try (Daemon daemon = service().with("--root", root.toString()).start()) {
      awaitHeard("READY=1");
      assertBeats();

      // Whoever opens a FIFO to read it waits until somebody opens it to write.
      Files.delete(stat);
      Program.run(LIMIT, "mkfifo", stat.toString()).orFail();
      listenFor(WATCHDOG);
      heard.clear();
      listenFor(WATCHDOG.multipliedBy(2));
      assertThat(heard).doesNotContain(BEAT);
      assertThat(daemon.snmp().get("VCPU-ACCT-MIB::vaAgentVersion.0").isPresent())
          .as("all else goes on, and would hide it")
          .isTrue();
    }
  }
}
