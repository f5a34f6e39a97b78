package org.vcpuacct.cli.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vcpuacct.export.api.Detail;
import org.vcpuacct.export.api.SnapshotWriter;
import org.vcpuacct.json.JsonWriter;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.ExitTimes;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.Window;

/** Reads what the daemon writes: the two must not drift apart. */
class DocumentReaderTest {

  private static final Snapshot SNAPSHOT = Snapshots.ofEveryTier();

  @ParameterizedTest
  @EnumSource(Detail.class)
  void readsTheDocumentOfTheDaemon(Detail detail) throws Exception {
    Document document = read(detail);

    assertThat(document.takenNs()).isEqualTo(SNAPSHOT.takenNs());
    assertThat(document.host()).isEqualTo("kvm-17");
    assertThat(document.tier()).isEqualTo("exact");
    assertThat(document.nes()).hasSameSizeAs(SNAPSHOT.nes());
    assertThat(document.limits())
        .containsExactly(
            new Document.Limit("tracefs: permission denied", "exits are absent", "run as root"));
  }

  @ParameterizedTest
  @EnumSource(Detail.class)
  void readsANetworkElement(Detail detail) throws Exception {
    Document.Ne ne = read(detail).nes().get(0);

    assertThat(ne.name()).isEqualTo("ne-1");
    assertThat(ne.cause()).isPresent();
    assertThat(ne.reductionPercent()).hasValue(20);
    assertThat(ne.contributors()).isNotEmpty().allMatch(each -> each.share().isPresent());
    assertThat(ne.guest().orElseThrow().steal()).hasValue(0.1);
    assertThat(ne.vms())
        .singleElement()
        .extracting(Document.Vm::index, Document.Vm::name)
        .containsExactly(OptionalLong.of(1), "exact");
  }

  @ParameterizedTest
  @EnumSource(Detail.class)
  void readsTheAccountOfAVcpu(Detail detail) throws Exception {
    Document document = read(detail);
    Document.Vcpu vcpu = document.nes().get(0).vms().get(0).vcpus().get(1);
    var account = SNAPSHOT.vms().get(0).vcpus().get(1);

    assertThat(vcpu.number()).hasValue(1);
    assertThat(vcpu.sinceNs()).hasValue(account.sinceNs());
    assertThat(vcpu.lastPcpu()).hasValue(1);
    assertThat(vcpu.counters().exitCount())
        .isEqualTo(account.reading().exits().orElseThrow().total());
    assertLines(document, vcpu, account);
    assertExits(document, vcpu, account);
  }

  private static void assertLines(Document document, Document.Vcpu vcpu, VcpuAccount account) {
    for (Line line : Line.values()) {
      OptionalInt place = document.catalogue().lines().find(line.label());
      assertThat(place.stream().mapToLong(vcpu.counters()::lineNs).findFirst().orElse(-1))
          .as(line.label())
          .isEqualTo(account.reading().lines().ns(line).orElse(-1));
      place.ifPresent(
          at ->
              assertThat(document.catalogue().rollUp(at))
                  .isEqualTo(line.rollUp().name().toLowerCase(Locale.ROOT)));
    }
  }

  private static void assertExits(Document document, Document.Vcpu vcpu, VcpuAccount account) {
    ExitCounts counts = account.reading().exits().orElseThrow();
    ExitTimes times = account.reading().detail().orElseThrow().exitTimes();
    for (ExitClass exitClass : ExitClass.values()) {
      OptionalInt place = document.catalogue().exitClasses().find(exitClass.label());
      boolean told = counts.of(exitClass).isPresent();
      assertThat(place.stream().mapToLong(vcpu.counters()::exitCount).findFirst().orElse(-1))
          .as(exitClass.label())
          .isEqualTo(counts.of(exitClass).orElse(-1));
      assertThat(place.stream().mapToLong(vcpu.counters()::exitNs).findFirst().orElse(-1))
          .isEqualTo(told ? times.ns(exitClass) : -1);
    }
  }

  @Test
  void readsTheLastIntervalOfAVcpu() throws Exception {
    Usage usage = read().nes().get(0).vms().get(0).vcpus().get(1).lastInterval().orElseThrow();
    Change change = SNAPSHOT.vms().get(0).vcpus().get(1).change(Window.LAST_INTERVAL).orElseThrow();

    assertThat(usage.share("wait-woken").orElseThrow())
        .isCloseTo(change.share(Line.WAIT_WOKEN).orElseThrow() / 1e4, offset(1e-3));
    assertThat(usage.exitShare("io").orElseThrow())
        .isCloseTo(change.exitShare(ExitClass.IO).orElseThrow() / 1e4, offset(1e-3));
    assertThat(usage.exitsPerSecond()).hasValue((double) change.exitsPerSecond().orElseThrow());
    assertThat(usage.exitsPerSecond("io"))
        .hasValue((double) change.exitsPerSecond(ExitClass.IO).orElseThrow());
  }

  @Test
  void aBriefDocumentTellsNothingOfTheLastInterval() throws Exception {
    assertThat(read(Detail.BRIEF).nes().get(0).vms().get(0).vcpus())
        .isNotEmpty()
        .allMatch(vcpu -> vcpu.lastInterval().isEmpty());
  }

  @ParameterizedTest
  @EnumSource(Detail.class)
  void whatIsNotToldIsAbsent(Detail detail) throws Exception {
    Document document = read(detail);
    Document.Vcpu sampled = document.nes().get(2).vms().get(0).vcpus().get(0);

    assertThat(sampled.counters().exitCount()).isEqualTo(Counters.ABSENT);
    for (int place = 0; place < document.catalogue().exitClasses().size(); place++) {
      assertThat(sampled.counters().exitCount(place)).isEqualTo(Counters.ABSENT);
      assertThat(sampled.counters().exitNs(place)).isEqualTo(Counters.ABSENT);
    }
    assertThat(document.nes().get(3).vms().get(0).vcpus()).isEmpty();
  }

  @Test
  void theLastIntervalWithoutExitsHasNone() throws Exception {
    Document.Vcpu sampled = read().nes().get(2).vms().get(0).vcpus().get(0);

    assertThat(sampled.lastInterval().orElseThrow().exitsPerSecond()).isEmpty();
    assertThat(sampled.lastInterval().orElseThrow().exitClasses()).isEmpty();
  }

  private static Document read() throws Exception {
    return read(Detail.FULL);
  }

  private static Document read(Detail detail) throws Exception {
    return DocumentReader.read(
        JsonWriter.object(
            json ->
                new SnapshotWriter("0.1.0", Optional.of("kvm-17"), Optional::empty)
                    .write(json, detail, SNAPSHOT, List.of())),
        new Catalogue());
  }
}
