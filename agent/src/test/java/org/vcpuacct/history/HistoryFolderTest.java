package org.vcpuacct.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.guest.GuestLoad;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.GuestView;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.ThreadKindAccount;
import org.vcpuacct.ledger.ThreadTimes;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.Window;

/** What is written is what is read, to the resolution that is promised. */
@Timeout(120)
class HistoryFolderTest {

  private static final HistorySettings SETTINGS = HistorySettings.defaults();
  private static final HistorySettings TEN_MINUTES =
      new HistorySettings(Duration.ofMinutes(10), 1 << 30, Duration.ZERO, Duration.ZERO, 0);

  @TempDir private Path stateDir;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyAccountIsReadAsItWas(long seed) throws Exception {
    List<Snapshot> snapshots = write(new RandomHost(seed), 700);
    assertThat(HistoryFile.list(folder())).hasSize(4); // three blocks, and one being written
    try (Timeline timeline = Timeline.open(HistoryFile.list(folder()))) {
      assertThat(timeline.steps()).hasSameSizeAs(snapshots);
      MomentReader reader = new MomentReader(Optional.empty(), true);
      for (int i = 0; i < snapshots.size(); i++) {
        assertEqual(reader.at(timeline.steps().get(i)), snapshots.get(i));
      }
    }
  }

  @Test
  void aPeriodIsTheChangeBetweenTwoSteps() throws Exception {
    List<Snapshot> snapshots = write(new RandomHost(4), 400);
    Snapshot first = snapshots.get(100);
    Snapshot last = snapshots.get(390);
    Period period =
        history().period(first.takenEpochMillis() + 1, last.takenEpochMillis() + 1).orElseThrow();
    assertThat(period.fromEpochMillis()).isEqualTo(first.takenEpochMillis());
    assertThat(period.toEpochMillis()).isEqualTo(last.takenEpochMillis());
    for (VcpuAccount vcpu : vcpus(period.nes())) {
      long openedUnits = Resolution.units(Math.max(vcpu.sinceNs(), first.takenNs()));
      Change change = vcpu.change(Window.LAST_INTERVAL).orElseThrow();
      assertThat(Resolution.units(change.wallNs()))
          .isCloseTo(Resolution.units(last.takenNs()) - openedUnits, Offset.offset(30L));
    }
  }

  @Test
  void theLinesOfAPeriodSumToItsWallTime() throws Exception {
    List<Snapshot> snapshots = write(new RandomHost(5), 320);
    List<Period> steps = new ArrayList<>();
    history().forEachStep(Optional.empty(), 0, snapshots.get(319).takenEpochMillis(), steps::add);
    assertThat(steps).hasSize(319);
    for (Period step : steps) {
      for (VcpuAccount vcpu : vcpus(step.nes())) {
        Change change = vcpu.change(Window.LAST_INTERVAL).orElseThrow();
        long sum = 0;
        for (Line line : Line.of(vcpu.tier())) {
          sum += change.ns(line).orElseThrow();
        }
        assertThat(sum).isEqualTo(change.wallNs());
      }
    }
  }

  @Test
  void aSeriesIsOfOneNetworkElement() throws Exception {
    List<Snapshot> snapshots = write(new RandomHost(6), 340);
    long from = snapshots.get(0).takenEpochMillis();
    long to = snapshots.get(339).takenEpochMillis();
    List<Period> series = new ArrayList<>();
    history().series("ne-2", from, to, 10, series::add);
    assertThat(series).hasSize(10);
    assertThat(series.get(0).fromEpochMillis()).isEqualTo(from);
    assertThat(series.get(9).toEpochMillis()).isEqualTo(to);
    for (int i = 0; i < series.size(); i++) {
      assertThat(series.get(i).nes()).extracting(NeAccount::name).containsExactly("ne-2");
      if (i > 0) {
        assertThat(series.get(i).fromEpochMillis()).isEqualTo(series.get(i - 1).toEpochMillis());
      }
    }
    history().series("nobody", from, to, 10, part -> fail("it is of " + part));
  }

  @Test
  void aRestartBeginsTheAccountsAnew() throws Exception {
    write(new RandomHost(7), 20);
    List<Snapshot> after;
    try (HistoryStore store = new HistoryStore(folder(), SETTINGS, 2)) {
      after = write(store, new RandomHost(8), 20, 100_000);
    }
    Period period = history().period(0, Long.MAX_VALUE).orElseThrow();
    assertThat(period.toEpochMillis()).isEqualTo(after.get(19).takenEpochMillis());
    for (VcpuAccount vcpu : vcpus(period.nes())) {
      assertThat(vcpu.change(Window.LAST_INTERVAL).orElseThrow().wallNs())
          .isEqualTo(vcpu.reading().wallNs());
    }
    List<Period> steps = new ArrayList<>();
    history().forEachStep(Optional.empty(), 0, Long.MAX_VALUE, steps::add);
    assertThat(steps).as("none from before the restart to after it").hasSize(38);
  }

  @Test
  void aTimeThatTheClockShowedTwiceIsTheLater() throws Exception {
    List<Snapshot> before;
    List<Snapshot> after;
    try (HistoryStore store = new HistoryStore(folder(), SETTINGS, 1)) {
      RandomHost host = new RandomHost(9);
      before = write(store, host, 10, 0);
      after = write(store, host, 10, -10_000);
    }
    long wanted = before.get(5).takenEpochMillis();
    Period period = history().period(wanted, wanted + 3_000).orElseThrow();
    assertThat(period.nes()).isNotEmpty();
    assertThat(period.fromEpochMillis())
        .isIn(after.stream().map(Snapshot::takenEpochMillis).toList());
  }

  @Test
  void nothingIsHeldWhereNothingWasWritten() throws Exception {
    assertThat(history().extent()).isEmpty();
    assertThat(history().period(0, Long.MAX_VALUE)).isEmpty();
    assertThat(history().frozenCopies()).isEmpty();
  }

  @Test
  void theOldestIsDroppedByTimeAndBySize() throws Exception {
    try (HistoryStore store = new HistoryStore(folder(), TEN_MINUTES, 1)) {
      write(store, new RandomHost(10), 1_600, 0);
    }
    Extent extent = history().extent().orElseThrow();
    assertThat(extent.toEpochMillis() - extent.fromEpochMillis()).isBetween(600_000L, 1_200_000L);

    HistorySettings small =
        new HistorySettings(Duration.ofMinutes(10), 200_000, Duration.ZERO, Duration.ZERO, 0);
    try (HistoryStore store = new HistoryStore(folder(), small, 2)) {
      write(store, new RandomHost(11), 1_000, 10_000_000);
    }
    assertThat(octets()).isLessThan(200_000);
  }

  @Test
  void otherSettingsDropWhatIsTooMuchAtOnce() throws Exception {
    try (HistoryStore store = new HistoryStore(folder(), SETTINGS, 1)) {
      write(store, new RandomHost(10), 1_600, 0);
      Extent before = history().extent().orElseThrow();
      assertThat(before.toEpochMillis() - before.fromEpochMillis()).isGreaterThan(1_500_000L);

      store.use(TEN_MINUTES);
      Extent after = history().extent().orElseThrow();
      assertThat(after.toEpochMillis()).isEqualTo(before.toEpochMillis());
      assertThat(after.toEpochMillis() - after.fromEpochMillis()).isBetween(600_000L, 1_200_000L);
    }
  }

  @Test
  void theTimeAroundAnAlarmOutlivesTheRest() throws Exception {
    HistorySettings short10 =
        new HistorySettings(
            Duration.ofMinutes(10), 1 << 30, Duration.ofMinutes(1), Duration.ofMinutes(1), 1);
    List<Snapshot> snapshots;
    long raised;
    try (HistoryStore store = new HistoryStore(folder(), short10, 1)) {
      RandomHost host = new RandomHost(12);
      snapshots = write(store, host, 400, 0);
      raised = snapshots.get(399).takenEpochMillis();
      store.freeze(copy(7, raised));
      store.freeze(copy(8, raised + 1_000));
      write(store, host, 1_600, 0);
    }
    assertThat(history().extent().orElseThrow().fromEpochMillis()).isGreaterThan(raised + 60_000);
    assertThat(history().frozenCopies()).containsExactly(copy(7, raised));
    Period around = history().period(raised - 60_000, raised + 60_000).orElseThrow();
    assertThat(around.fromEpochMillis()).isBetween(raised - 62_000, raised - 60_000);
    assertThat(around.toEpochMillis()).isBetween(raised + 58_000, raised + 60_000);
    assertThat(vcpus(around.nes())).isNotEmpty();
    try (HistoryStore store = new HistoryStore(folder(), short10, 2)) {
      store.freeze(copy(9, raised + 5_000_000));
    }
    assertThat(history().frozenCopies()).containsExactly(copy(9, raised + 5_000_000));
  }

  private static FrozenCopy copy(long alarm, long raised) {
    return new FrozenCopy(alarm, raised, new Extent(raised - 60_000, raised + 60_000), "all of it");
  }

  private List<Snapshot> write(RandomHost host, int steps) throws IOException {
    try (HistoryStore store = new HistoryStore(folder(), SETTINGS, 1)) {
      return write(store, host, steps, 0);
    }
  }

  private static List<Snapshot> write(
      HistoryStore store, RandomHost host, int steps, long clockSetByMs) throws IOException {
    List<Snapshot> written = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      Snapshot snapshot = host.next(clockSetByMs);
      store.append(snapshot);
      written.add(snapshot);
    }
    return written;
  }

  private Path folder() {
    return HistoryFolder.path(stateDir);
  }

  private History history() {
    return HistoryFolder.in(stateDir);
  }

  private long octets() throws IOException {
    long octets = 0;
    for (HistoryFile file : HistoryFile.list(folder())) {
      octets += Files.size(file.path());
    }
    return octets;
  }

  private static List<VcpuAccount> vcpus(List<NeAccount> nes) {
    return nes.stream()
        .flatMap(ne -> ne.vms().stream())
        .flatMap(vm -> vm.vcpus().stream())
        .toList();
  }

  static void assertEqual(Moment read, Snapshot written) {
    assertThat(read.epochMillis()).isEqualTo(written.takenEpochMillis());
    assertThat(read.takenNs()).isEqualTo(rounded(written.takenNs()));
    assertThat(read.nes()).hasSameSizeAs(written.nes());
    for (int i = 0; i < read.nes().size(); i++) {
      NeAccount is = read.nes().get(i);
      NeAccount was =
          written.nes().stream().filter(ne -> ne.index() == is.index()).findFirst().get();
      assertThat(is.name()).isEqualTo(was.name());
      assertThat(is.sinceNs()).isEqualTo(was.sinceNs());
      assertThat(is.overload()).isEqualTo(was.overload());
      assertThat(is.vms()).hasSameSizeAs(was.vms());
      for (int vm = 0; vm < is.vms().size(); vm++) {
        assertEqual(is.vms().get(vm), was.vms().get(vm));
      }
    }
  }

  private static void assertEqual(VmAccount is, VmAccount was) {
    assertThat(is.index()).isEqualTo(was.index());
    assertThat(is.sinceNs()).isEqualTo(was.sinceNs());
    assertThat(is.vm().key()).isEqualTo(was.vm().key());
    assertThat(is.vm().name()).isEqualTo(was.vm().name());
    assertThat(is.vm().uuid()).isEqualTo(was.vm().uuid());
    assertThat(is.vm().named()).isEqualTo(was.vm().named());
    assertThat(is.vm().vcpusWithoutThread()).isEqualTo(was.vm().vcpusWithoutThread());
    ThreadKindAccount threads = is.threads().kinds().get(0);
    ThreadTimes times = was.threads().kinds().get(0).times();
    assertThat(threads.times())
        .isEqualTo(
            new ThreadTimes(
                rounded(times.wallNs()), rounded(times.cpuNs()), rounded(times.waitNs())));
    assertThat(is.guest().isPresent()).isEqualTo(was.guest().isPresent());
    was.guest().ifPresent(view -> assertEqual(is.guest().orElseThrow(), view));
    assertThat(is.vcpus()).hasSameSizeAs(was.vcpus());
    for (int i = 0; i < is.vcpus().size(); i++) {
      assertThat(is.vcpus().get(i).vcpu()).isEqualTo(was.vcpus().get(i).vcpu());
      assertThat(is.vcpus().get(i).sinceNs()).isEqualTo(was.vcpus().get(i).sinceNs());
      assertEqual(is.vcpus().get(i).reading(), was.vcpus().get(i).reading());
    }
  }

  private static void assertEqual(GuestView is, GuestView was) {
    assertThat(is.report().state()).isEqualTo(was.report().state());
    assertThat(is.report().message()).isEqualTo(was.report().message());
    assertThat(is.report().sinceNs()).isEqualTo(was.report().sinceNs());
    assertThat(is.report().last()).isEqualTo(was.report().last().map(HistoryFolderTest::rounded));
    assertThat(is.report().before())
        .isEqualTo(was.report().before().map(HistoryFolderTest::rounded));
    assertThat(is.report().ageNs().isPresent()).isEqualTo(was.report().ageNs().isPresent());
    assertThat(is.report().ageNs().orElse(0))
        .isCloseTo(was.report().ageNs().orElse(0), Offset.offset(Resolution.UNIT_NS));
    assertThat(is.host().keySet()).isEqualTo(was.host().keySet());
    was.host()
        .forEach(
            (vcpu, times) -> {
              for (RollUp rollUp : RollUp.values()) {
                assertThat(is.host().get(vcpu).ns(rollUp)).isEqualTo(rounded(times.ns(rollUp)));
              }
            });
  }

  private static GuestLoad rounded(GuestLoad load) {
    return new GuestLoad(rounded(load.atNs()), load.cpus(), load.loadAverages(), load.source());
  }

  private static void assertEqual(Reading is, Reading was) {
    assertThat(is.tier()).isEqualTo(was.tier());
    assertThat(is.cpuNs()).isEqualTo(rounded(was.cpuNs()));
    assertThat(is.waitNs()).isEqualTo(rounded(was.waitNs()));
    assertThat(is.lastPcpu()).isEqualTo(was.lastPcpu());
    for (Line line : Line.of(was.tier())) {
      assertThat(is.lines().ns(line)).hasValue(rounded(was.lines().ns(line).orElseThrow()));
    }
    assertThat(is.exits().isPresent()).isEqualTo(was.exits().isPresent());
    was.exits()
        .ifPresent(
            exits -> {
              assertThat(is.exits().orElseThrow().total()).isEqualTo(exits.total());
              for (ExitClass exitClass : ExitClass.values()) {
                assertThat(is.exits().orElseThrow().of(exitClass)).isEqualTo(exits.of(exitClass));
              }
            });
    assertThat(is.detail().isPresent()).isEqualTo(was.detail().isPresent());
    was.detail().ifPresent(detail -> assertEqual(is.detail().orElseThrow(), detail));
  }

  private static void assertEqual(ExactDetail is, ExactDetail was) {
    assertThat(is.scheduling().pcpuMigrations()).isEqualTo(was.scheduling().pcpuMigrations());
    assertThat(is.scheduling().nodeMigrations()).isEqualTo(was.scheduling().nodeMigrations());
    assertThat(is.scheduling().lastNode()).isEqualTo(was.scheduling().lastNode());
    assertThat(is.scheduling().maxLatencyNs()).isEqualTo(was.scheduling().maxLatencyNs());
    assertThat(is.guestUserExits()).isEqualTo(was.guestUserExits());
    assertThat(is.guestKernelExits()).isEqualTo(was.guestKernelExits());
    long latencies = is.scheduling().latency().total();
    assertThat(latencies)
        .as("those of at most %d seconds are missing", History.DETAIL_SECONDS)
        .isBetween(
            was.scheduling().latency().total() - 100L * (History.DETAIL_SECONDS + 1),
            was.scheduling().latency().total());
    for (ExitClass exitClass : ExitClass.values()) {
      assertThat(is.exitTimes().ns(exitClass)).isEqualTo(rounded(was.exitTimes().ns(exitClass)));
      assertThat(is.exitTimes().durations(exitClass).total())
          .isBetween(
              was.exitTimes().durations(exitClass).total() - 2_000L * (History.DETAIL_SECONDS + 1),
              was.exitTimes().durations(exitClass).total());
    }
  }

  private static long rounded(long ns) {
    return Resolution.ns(Resolution.units(ns));
  }
}
