package org.vcpuacct.overload.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.Overload;
import org.vcpuacct.ledger.OverloadLevel;
import org.vcpuacct.overload.CallSim;

/** A call processor for real, test/callsim, that reads the load-shedding input. */
class CallProcessorTest {

  private static final int REDUCTION = 60;
  private static final String[] CALLS = {"vcpus=1", "call-us=500", "turn-away-us=2"};

  @TempDir private static Path folder;
  private static CallSim callSim;

  private Path shared;
  private String address;

  @BeforeAll
  static void build() throws Exception {
    callSim = CallSim.build(folder);
  }

  @BeforeEach
  void makeFolder() throws IOException {
    shared = Files.createTempDirectory(Path.of("/dev/shm"), "vcpuacct-calls");
    address = "address=unix:" + shared.resolve("calls.sock");
  }

  @AfterEach
  void removeFolder() throws IOException {
    try (var files = Files.walk(shared)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Feed feed() throws IOException {
    String group = Files.readAttributes(shared, PosixFileAttributes.class).group().getName();
    Path directory = shared.resolve("feed");
    Feed feed =
        Feed.open(
            new FeedSettings(directory, Optional.of(group), Optional.empty()), System::nanoTime);
    feed.start();
    return feed;
  }

  /** Half of what it can do at most; what is late on a busy machine is not counted as such. */
  private CallSim.Run call(String seconds, String... more) throws Exception {
    Process processor = callSim.startProcessor(with(more));
    try {
      CallSim.Run run =
          callSim.generate(
              with(
                  "offered=0.5",
                  "seconds=" + seconds,
                  "emergency-percent=20",
                  "deadline-ms=20000"));
      assertThat(processor.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(processor.exitValue()).isZero();
      return run;
    } finally {
      processor.destroyForcibly();
    }
  }

  private String[] with(String... more) {
    String[] settings = new String[CALLS.length + 1 + more.length];
    System.arraycopy(CALLS, 0, settings, 0, CALLS.length);
    settings[CALLS.length] = address;
    System.arraycopy(more, 0, settings, CALLS.length + 1, more.length);
    return settings;
  }

  private static Overload asked(int validityMs) {
    return new Overload(1, validityMs, 100, REDUCTION, OverloadLevel.CRITICAL, Cause.DEMAND);
  }

  private String where(String way) {
    String name = way.equals("file") ? FeedSettings.FILE : FeedSettings.SOCKET;
    return "feed=" + way + ":" + shared.resolve("feed").resolve(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "unix"})
  void turnsAwayWhatItIsAskedToButNoEmergencies(String way) throws Exception {
    try (Feed feed = feed()) {
      feed.publish(Asked.at(System.nanoTime(), Asked.ne(7, "mme", asked(60_000))));
      CallSim.Run run = call("1.5", "admission=feed", where(way), "ne=mme");

      // The first moments are those of finding the feed, the last those of calls under way.
      double others = run.sum(0.5, tally -> tally.offered() - tally.emergencies());
      double othersDone = run.sum(0.5, tally -> tally.done() - tally.emergenciesDone());
      assertThat(others).isGreaterThan(300);
      assertThat(100 * othersDone / others).isBetween(30.0, 50.0);
      double emergencies = run.sum(0.5, CallSim.Tally::emergencies);
      double emergenciesDone = run.sum(0.5, CallSim.Tally::emergenciesDone);
      assertThat(100 * emergenciesDone / emergencies).isBetween(80.0, 120.0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "unix"})
  void takesAllWhenWhatItWasToldHasExpired(String way) throws Exception {
    try (Feed feed = feed()) {
      feed.publish(Asked.at(System.nanoTime(), Asked.ne(7, "mme", asked(1_000))));
      CallSim.Run run = call("2", "admission=feed", where(way), "ne=mme");

      assertThat(run.sum(0, CallSim.Tally::turnedAway)).isPositive();
      assertThat(run.sum(1.2, CallSim.Tally::turnedAway)).isZero();
    }
  }

  @Test
  void tellsWhatTheGuestKnowsOfItsCpu() throws Exception {
    CallSim.Run run = call("1", "admission=guest-cpu", "interval-ms=300");

    assertThat(run.said()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(run.sum(0, CallSim.Tally::done)).isPositive();
  }
}
