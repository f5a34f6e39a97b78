package org.vcpuacct.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.vcpuacct.export.api.Detail;
import org.vcpuacct.export.api.SnapshotWriter;
import org.vcpuacct.json.JsonWriter;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.ledger.Tier;

/** Reads what the daemon writes: the two must not drift apart. */
class DocumentReaderTest {

  private static final Snapshot SNAPSHOT = Snapshots.ofEveryTier();

  @Test
  void readsTheDocumentOfTheDaemon() throws Exception {
    Document document = read();

    assertThat(document.takenNs()).isEqualTo(SNAPSHOT.takenNs());
    assertThat(document.host()).isEqualTo("kvm-17");
    assertThat(document.tier()).isEqualTo("exact");
    assertThat(document.nes()).hasSameSizeAs(SNAPSHOT.nes());
    assertThat(document.limits())
        .containsExactly(
            new Document.Limit("tracefs: permission denied", "exits are absent", "run as root"));
  }

  @Test
  void readsANetworkElement() throws Exception {
    Document.Ne ne = read().nes().get(0);

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

  @Test
  void readsTheAccountOfAVcpu() throws Exception {
    Document.Vcpu vcpu = read().nes().get(0).vms().get(0).vcpus().get(1);
    var account = SNAPSHOT.vms().get(0).vcpus().get(1);

    assertThat(vcpu.number()).hasValue(1);
    assertThat(vcpu.sinceNs()).hasValue(account.sinceNs());
    assertThat(vcpu.lastPcpu()).hasValue(1);
    assertThat(vcpu.exitCount()).hasValue(account.reading().exits().orElseThrow().total());
    assertThat(vcpu.lines())
        .containsOnlyKeys(Line.of(Tier.EXACT).stream().map(Line::label).toList())
        .hasEntrySatisfying(
            "wait-woken",
            line -> {
              assertThat(line.rollUp()).isEqualTo("contention");
              assertThat(line.ns()).isEqualTo(account.reading().lines().ns(Line.WAIT_WOKEN));
              assertThat(line.share()).isPresent();
            });
    assertThat(vcpu.exits().get("io").share()).isPresent();
    assertThat(Usage.ofLastInterval(vcpu).orElseThrow().exitsPerSecond()).isPresent();
  }

  @Test
  void whatIsNotToldIsAbsent() throws Exception {
    Document.Vcpu sampled = read().nes().get(2).vms().get(0).vcpus().get(0);

    assertThat(sampled.exits()).isEmpty();
    assertThat(sampled.exitCount()).isEmpty();
    assertThat(sampled.exitsPerSecond()).isEmpty();
    assertThat(Usage.ofLastInterval(sampled).orElseThrow().exitsPerSecond()).isEmpty();
    assertThat(read().nes().get(3).vms().get(0).vcpus()).isEmpty();
  }

  private static Document read() throws Exception {
    return DocumentReader.read(
        JsonWriter.object(
            json ->
                new SnapshotWriter("0.1.0", Optional.of("kvm-17"), Optional::empty)
                    .write(json, Detail.FULL, SNAPSHOT, List.of())));
  }
}
