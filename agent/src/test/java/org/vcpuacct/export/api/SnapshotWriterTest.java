package org.vcpuacct.export.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vcpuacct.alarm.Alarm;
import org.vcpuacct.alarm.Condition;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.alarm.Severity;
import org.vcpuacct.alarm.Subject;
import org.vcpuacct.host.Hardware;
import org.vcpuacct.json.Json;
import org.vcpuacct.json.JsonWriter;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Log2Histogram;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.PcpuShares;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.ne.GuestComparison;
import org.vcpuacct.ne.NeChange;

/** Reads what was written, and compares it with the accounts it was written from. */
class SnapshotWriterTest {

  private static final Snapshot SNAPSHOT = Snapshots.ofEveryTier();

  private static final Hardware HARDWARE =
      new Hardware("EPYC", 2, 64, 128, 4, 2_450_000_000L, 8L << 30, 3L << 30, 1.5);

  private static Json written(Snapshot snapshot, List<Alarm> alarms) throws Exception {
    return Json.parse(
        JsonWriter.object(
            json ->
                new SnapshotWriter("1.2", Optional.of("host-1"), () -> Optional.of(HARDWARE))
                    .write(json, Detail.FULL, snapshot, alarms)));
  }

  private static List<Json> elements(Json object, String name) {
    return object.member(name).flatMap(Json::elements).orElseThrow();
  }

  private static Json ne(int index) throws Exception {
    return elements(written(SNAPSHOT, List.of()), "networkElements").stream()
        .filter(ne -> ne.integer("index").getAsLong() == index)
        .findFirst()
        .orElseThrow();
  }

  private static NeAccount account(int index) {
    return SNAPSHOT.nes().stream().filter(ne -> ne.index() == index).findFirst().orElseThrow();
  }

  private static VcpuAccount vcpuAccount(Tier tier) {
    return SNAPSHOT.vms().stream()
        .flatMap(vm -> vm.vcpus().stream())
        .filter(vcpu -> vcpu.tier() == tier)
        .findFirst()
        .orElseThrow();
  }

  private static Json vcpu(Tier tier) throws Exception {
    return elements(written(SNAPSHOT, List.of()), "networkElements").stream()
        .flatMap(ne -> elements(ne, "vms").stream())
        .flatMap(vm -> elements(vm, "vcpus").stream())
        .filter(vcpu -> vcpu.string("tier").equals(Optional.of(tier.label())))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Json> byLabel(List<Json> elements) {
    return elements.stream()
        .collect(
            Collectors.toMap(
                element -> element.string("label").orElseThrow(), Function.identity()));
  }

  private static void assertShare(Json object, String name, int hundredthsOfPercent) {
    assertThat(object.member(name).flatMap(Json::number).orElseThrow())
        .isCloseTo(hundredthsOfPercent / 10_000.0, within(1e-12));
  }

  private static void assertShare(Json object, String name, OptionalInt hundredthsOfPercent) {
    if (hundredthsOfPercent.isPresent()) {
      assertShare(object, name, hundredthsOfPercent.getAsInt());
    } else {
      assertThat(object.member(name)).isEmpty();
    }
  }

  @Test
  void tellsOfTheAgentTheHostAndTheLimits() throws Exception {
    Json all = written(SNAPSHOT, List.of());
    assertThat(all.integer("takenNs")).hasValue(SNAPSHOT.takenNs());
    assertThat(all.integer("takenEpochMillis")).hasValue(SNAPSHOT.takenEpochMillis());
    Json agent = all.member("agent").orElseThrow();
    assertThat(agent.string("version")).contains("1.2");
    assertThat(agent.string("tier")).contains("exact");
    assertThat(agent.integer("steps")).hasValue(SNAPSHOT.agent().steps());
    assertThat(agent.integer("latenessNs")).hasValue(SNAPSHOT.agent().latenessNs());
    Json host = all.member("host").orElseThrow();
    assertThat(host.string("name")).contains("host-1");
    assertThat(host.member("cpuTicks").orElseThrow().integer("guest-nice")).hasValue(110);
    Json limit = elements(all, "limits").get(0);
    assertThat(limit.string("what")).contains("tracefs: permission denied");
    assertThat(limit.string("consequence")).contains("exits are absent");
    assertThat(limit.string("mend")).contains("run as root");
  }

  @Test
  void tellsWhatTheHostIsMadeOf() throws Exception {
    Json host = written(SNAPSHOT, List.of()).member("host").orElseThrow();
    Json hardware = host.member("hardware").orElseThrow();

    assertThat(hardware.string("model")).contains("EPYC");
    assertThat(hardware.integer("sockets")).hasValue(2);
    assertThat(hardware.integer("cores")).hasValue(64);
    assertThat(hardware.integer("pcpus")).hasValue(128);
    assertThat(hardware.integer("numaNodes")).hasValue(4);
    assertThat(hardware.integer("frequencyHz")).hasValue(2_450_000_000L);
    assertThat(hardware.integer("memoryBytes")).hasValue(8L << 30);
    assertThat(hardware.integer("availableBytes")).hasValue(3L << 30);
    assertThat(hardware.member("load1").flatMap(Json::number)).contains(1.5);
  }

  @Test
  void theLinesOfAllVmsSumToTheWhole() throws Exception {
    Snapshot exact = new Snapshots().vm(1, "a", Tier.EXACT, 2).vm(2, "b", Tier.EXACT, 1).build();
    List<Json> lines = elements(written(exact, List.of()).member("host").orElseThrow(), "lines");

    assertThat(lines).hasSize(Line.of(Tier.EXACT).size());
    double sum =
        lines.stream()
            .mapToDouble(line -> line.member("share").flatMap(Json::number).orElseThrow())
            .sum();
    assertThat(sum).isCloseTo(1, within(0.001));
    NeAccount one = exact.nes().get(0);
    assertThat(written(exact.only(one), List.of()).member("host").orElseThrow().member("lines"))
        .isEmpty();
  }

  @Test
  void tellsForWhatTheHostsCpusAreUsed() throws Exception {
    Json host = written(SNAPSHOT, List.of()).member("host").orElseThrow();
    Json pcpu = elements(host, "pcpus").get(0);
    PcpuShares shares = SNAPSHOT.pcpus().get(0);
    assertThat(elements(host, "pcpus")).hasSize(SNAPSHOT.pcpus().size());
    assertThat(pcpu.integer("number")).hasValue(shares.number());
    assertShare(pcpu, "guest", shares.guest());
    assertShare(pcpu, "overhead", shares.overhead());
    assertShare(pcpu, "other", shares.other());
    assertShare(pcpu, "idle", shares.idle());
    Json without = written(SNAPSHOT.only(account(1)), List.of()).member("host").orElseThrow();
    assertThat(without.members()).containsOnlyKeys("name", "hardware");
  }

  @Test
  void tellsOfANetworkElementWhatItsChangeSays() throws Exception {
    Json ne = ne(1);
    NeChange change = NeChange.of(account(1), Window.LAST_INTERVAL).orElseThrow();
    assertThat(ne.string("name")).contains("ne-1");
    assertThat(ne.string("tier")).contains("exact");
    assertThat(ne.string("cause")).contains(change.cause().label());
    assertShare(ne, "load", change.load());
    assertShare(ne, "threadShare", change.threadShare());
    for (RollUp rollUp : RollUp.values()) {
      assertShare(ne.member("shares").orElseThrow(), Labels.of(rollUp), change.share(rollUp));
    }
    assertThat(elements(ne, "contributors"))
        .extracting(one -> one.string("name").orElseThrow())
        .containsExactlyElementsOf(change.contributors(5).stream().map(one -> one.name()).toList());
    assertThat(ne.member("windows").orElseThrow().members())
        .containsOnlyKeys("one-minute", "five-minutes");
  }

  @Test
  void tellsWhatCallProcessingIsAsked() throws Exception {
    Json overload = ne(1).member("overload").orElseThrow();
    assertThat(overload.integer("sequence")).hasValue(12);
    assertThat(overload.integer("validityMs")).hasValue(3_000);
    assertThat(overload.integer("loadPercent")).hasValue(95);
    assertThat(overload.integer("reductionPercent")).hasValue(20);
    assertThat(overload.string("level")).contains("major");
    assertThat(overload.string("cause")).contains("demand");
  }

  @Test
  void putsTheGuestBesideTheHost() throws Exception {
    GuestComparison both = GuestComparison.of(account(1)).orElseThrow();
    Json vm = elements(ne(1), "vms").get(0);
    Json vcpu = elements(vm, "vcpus").get(0);
    for (Json one : List.of(ne(1), vm)) {
      Json guest = one.member("guest").orElseThrow();
      assertShare(guest, "busy", both.guestBusyShare());
      assertShare(guest, "steal", both.guestStealShare());
      assertShare(guest, "hidden", both.hiddenShare());
      assertShare(guest.member("host").orElseThrow(), "useful", both.hostShare(RollUp.USEFUL));
    }
    assertThat(vcpu.member("guest").orElseThrow().members()).containsKeys("busy", "hidden");
    Json report = vm.member("guestReport").orElseThrow();
    assertThat(report.string("state")).contains("ok");
    assertThat(report.integer("ageNs")).hasValue(3_000_000_000L);
    assertThat(report.member("message")).isEmpty();
    assertThat(elements(report, "cpus").get(0).member("ns").orElseThrow().integer("idle"))
        .hasValue(6_000_000_000L);
  }

  @ParameterizedTest
  @EnumSource(Tier.class)
  void theLinesOfAVcpuAreThoseOfItsTierAndSumToItsWallTime(Tier tier) throws Exception {
    VcpuAccount account = vcpuAccount(tier);
    Change change = account.change(Window.LAST_INTERVAL).orElseThrow();
    Json vcpu = vcpu(tier);
    Map<String, Json> lines = byLabel(elements(vcpu, "lines"));
    assertThat(lines.keySet())
        .containsExactlyInAnyOrderElementsOf(Line.of(tier).stream().map(Line::label).toList());
    long sumNs = 0;
    for (Line line : Line.of(tier)) {
      Json written = lines.get(line.label());
      assertThat(written.string("name")).contains(line.name());
      assertThat(written.string("rollUp")).contains(Labels.of(line.rollUp()));
      assertThat(written.integer("ns")).isEqualTo(account.reading().lines().ns(line));
      assertShare(written, "share", change.share(line));
      sumNs += written.integer("ns").getAsLong();
    }
    assertThat(vcpu.integer("wallNs")).hasValue(sumNs);
  }

  @ParameterizedTest
  @EnumSource(Tier.class)
  void theExitsOfAVcpuAreThoseThatCanBeTold(Tier tier) throws Exception {
    VcpuAccount account = vcpuAccount(tier);
    Change change = account.change(Window.LAST_INTERVAL).orElseThrow();
    Json vcpu = vcpu(tier);
    if (account.reading().exits().isEmpty()) {
      assertThat(vcpu.members()).doesNotContainKeys("exits", "exitCount", "exitsPerSecond");
      return;
    }
    Map<String, Json> exits = byLabel(elements(vcpu, "exits"));
    for (ExitClass exitClass : ExitClass.values()) {
      OptionalLong count = account.reading().exits().get().of(exitClass);
      Json written = exits.get(exitClass.label());
      assertThat(written != null).as(exitClass.label()).isEqualTo(count.isPresent());
      if (written != null) {
        assertThat(written.integer("count")).isEqualTo(count);
        assertThat(written.integer("perSecond")).isEqualTo(change.exitsPerSecond(exitClass));
        assertShare(written, "share", change.exitShare(exitClass));
        assertThat(written.member("ns").isPresent()).isEqualTo(tier == Tier.EXACT);
      }
    }
    assertThat(vcpu.integer("exitsPerSecond")).isEqualTo(change.exitsPerSecond());
  }

  @Test
  void histogramsAreTheBucketsThatAreNotEmpty() throws Exception {
    VcpuAccount account = vcpuAccount(Tier.EXACT);
    Json scheduling = vcpu(Tier.EXACT).member("scheduling").orElseThrow();
    Log2Histogram latency = account.reading().detail().orElseThrow().scheduling().latency();
    assertThat(elements(scheduling, "latencies")).hasSize(1);
    assertThat(elements(scheduling, "latencies").get(0).elements().orElseThrow())
        .extracting(number -> number.integer().getAsLong())
        .containsExactly(1L << 12, latency.count(12));
    assertThat(elements(scheduling, "recentLatencies").get(0).elements().orElseThrow())
        .extracting(number -> number.integer().getAsLong())
        .containsExactly(1L << 12, latency.count(12) * 2 / 3);
    Map<String, Json> exits = byLabel(elements(vcpu(Tier.EXACT), "exits"));
    assertThat(elements(exits.get("io"), "durations")).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"COUNTED", "SAMPLED"})
  void whatOnlyTheExactTierTellsIsAbsentInTheOthers(Tier tier) throws Exception {
    assertThat(vcpu(tier).members())
        .doesNotContainKeys("scheduling", "entries", "userspaceExits", "lastOtherCode");
  }

  @Test
  void aVcpuThatWasJustFoundHasNoSharesAndNoRates() throws Exception {
    VcpuAccount known = Snapshots.account(1, 0, Tier.EXACT);
    VcpuAccount fresh =
        new VcpuAccount(
            known.vcpu(), known.sinceNs(), known.reading(), new EnumMap<>(Window.class));
    Snapshot snapshot = new Snapshots().vm(1, "new", List.of(fresh), List.of(1)).build();
    Json ne = elements(written(snapshot, List.of()), "networkElements").get(0);
    assertThat(ne.members()).doesNotContainKeys("load", "shares", "cause", "contributors");
    Json vm = elements(ne, "vms").get(0);
    assertThat(elements(vm, "vcpusWithoutThread")).hasSize(1);
    Json vcpu = elements(vm, "vcpus").get(0);
    assertThat(vcpu.members()).doesNotContainKeys("cpuShare", "exitsPerSecond");
    assertThat(elements(vcpu, "lines"))
        .allSatisfy(line -> assertThat(line.member("share")).isEmpty());
    assertThat(elements(vcpu, "exits"))
        .allSatisfy(
            exit ->
                assertThat(exit.members())
                    .doesNotContainKeys("perSecond", "share", "recentDurations"));
  }

  @Test
  void nothingIsWrittenOfAVmThatIsNotKnown() throws Exception {
    Json starting = elements(ne(41), "vms").get(0);
    assertThat(ne(41).members()).doesNotContainKeys("tier", "wallNs", "load");
    assertThat(elements(starting, "vcpus")).isEmpty();
    Json withoutUuid = elements(ne(40), "vms").get(0);
    assertThat(withoutUuid.member("uuid")).isEmpty();
    assertThat(withoutUuid.member("kvmStats").orElseThrow().members()).isEmpty();
  }

  @Test
  void threadsAreToldByKindAndOneByOne() throws Exception {
    VmAccount vm = account(1).vms().get(0);
    Json threads = elements(ne(1), "vms").get(0).member("threads").orElseThrow();
    assertThat(elements(threads, "kinds")).hasSize(vm.threads().kinds().size());
    Json kind = elements(threads, "kinds").get(0);
    assertThat(kind.string("kind")).contains("emulator");
    assertThat(kind.integer("cpuNs")).hasValue(vm.threads().kinds().get(0).times().cpuNs());
    assertShare(kind, "cpuShare", vm.threads().kinds().get(0).times().cpuShare());
    assertThat(elements(threads, "running").get(0).integer("threadId")).hasValue(20_101);
  }

  private static Alarm alarm(Condition condition, Subject subject, long value) {
    Notification raised =
        new Notification(
            7,
            1_700_000_000_000L,
            true,
            7,
            condition,
            Severity.MAJOR,
            subject,
            value,
            9_000,
            0,
            Optional.of(Cause.DEMAND),
            "",
            "a sentence");
    return new Alarm(raised, raised);
  }

  @Test
  void alarmsAreToldWithTheirSubjectAndFigure() throws Exception {
    Subject ne = Subject.of(new Subject.Ne(1, "ne-1"));
    Subject vcpu = ne.of(new Subject.Vm(1, "exact")).ofVcpu(1).of(ExitClass.IO);
    List<Json> alarms =
        elements(
            written(
                SNAPSHOT,
                List.of(
                    alarm(Condition.EFFECTIVE_LOAD, ne, 9_312),
                    alarm(Condition.EXIT_STORM, vcpu, 12_345),
                    alarm(Condition.TIER_LOWERED, Subject.HOST, 1))),
            "alarms");
    assertThat(alarms.get(0).string("severity")).contains("major");
    assertThat(alarms.get(0).string("text")).contains("a sentence");
    assertThat(alarms.get(0).string("condition")).contains("effective-load");
    assertThat(alarms.get(0).string("unit")).contains("ratio");
    assertShare(alarms.get(0), "value", 9_312);
    assertThat(alarms.get(0).integer("raisedEpochMillis")).hasValue(1_700_000_000_000L);
    assertThat(alarms.get(1).integer("value")).hasValue(12_345);
    assertThat(alarms.get(1).string("unit")).contains("exits/s");
    assertThat(alarms.get(1).string("vm")).contains("exact");
    assertThat(alarms.get(1).integer("vcpu")).hasValue(1);
    assertThat(alarms.get(1).string("exitClass")).contains("io");
    assertThat(alarms.get(2).members()).doesNotContainKeys("ne", "vm", "value", "unit");
  }

  @Test
  void everyRollUpHasAKeyOfItsOwn() {
    assertThat(Arrays.stream(RollUp.values()).map(Labels::of))
        .contains("useful", "overhead", "contention", "idle", "unknown")
        .doesNotHaveDuplicates();
  }
}
