package org.vcpuacct.export.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.export.http.Answer;
import org.vcpuacct.export.http.Query;
import org.vcpuacct.json.Json;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.ledger.Tier;

class SnapshotResourceTest {

  private final AtomicReference<Snapshot> newest = new AtomicReference<>(Snapshots.ofEveryTier());
  private final SnapshotResource resource =
      new SnapshotResource(
          newest::get,
          () -> AlarmList.empty(10),
          new SnapshotWriter("1.2", Optional.of("host-1"), Optional::empty));

  private static Query ne(String name) {
    return new Query(Map.of("ne", name), Optional.empty());
  }

  private static Json content(Answer answer) throws Exception {
    assertThat(answer.mediaType()).isEqualTo("application/json");
    return Json.parse(answer.content());
  }

  private static List<String> nes(Answer answer) throws Exception {
    return content(answer).member("networkElements").flatMap(Json::elements).orElseThrow().stream()
        .map(ne -> ne.string("name").orElseThrow())
        .toList();
  }

  @Test
  void hasAllNetworkElements() throws Exception {
    Answer answer = resource.answer(Query.PLAIN);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(nes(answer)).containsExactly("ne-1", "ne-3", "ne-40", "ne-41");
  }

  @Test
  void hasTheOneThatIsAskedFor() throws Exception {
    assertThat(nes(resource.answer(ne("ne-3")))).containsExactly("ne-3");
  }

  @Test
  void saysWhichThereAreWhenThereIsNoSuchOne() throws Exception {
    Answer answer = resource.answer(ne("x\""));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(content(answer).string("error"))
        .contains("there is no network element \"x\"\" now; there are: ne-1, ne-3, ne-40, ne-41");
  }

  @Test
  void writesASnapshotOnceForAllWhoAsk() {
    Answer first = resource.answer(Query.PLAIN);
    assertThat(resource.answer(Query.PLAIN)).isSameAs(first);
  }

  @Test
  void writesEachDetailOnce() throws Exception {
    Answer full = resource.answer(detail("full"));
    Answer brief = resource.answer(detail("brief"));

    assertThat(resource.answer(detail("brief"))).isSameAs(brief);
    assertThat(resource.answer(Query.PLAIN)).isSameAs(full);
    assertThat(content(full).member("exitClasses")).isEmpty();
    assertThat(content(brief).member("exitClasses")).isPresent();
    assertThat(nes(brief)).isEqualTo(nes(full));
  }

  @Test
  void hasTheOneThatIsAskedForInBrief() throws Exception {
    Answer answer =
        resource.answer(new Query(Map.of("ne", "ne-3", "detail", "brief"), Optional.empty()));

    assertThat(nes(answer)).containsExactly("ne-3");
    assertThat(content(answer).member("exitClasses")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "BRIEF", "all"})
  void saysWhichDetailsThereAre(String wanted) throws Exception {
    Answer answer = resource.answer(detail(wanted));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(content(answer).string("error")).contains("detail is not full or brief: " + wanted);
  }

  private static Query detail(String detail) {
    return new Query(Map.of("detail", detail), Optional.empty());
  }

  @Test
  void isNeverBehind() throws Exception {
    resource.answer(Query.PLAIN);
    Snapshot before = newest.get();
    Snapshot other = new Snapshots().vm(9, "later", Tier.SAMPLED, 1).build();
    newest.set(
        new Snapshot(
            before.takenNs() + 1,
            before.takenEpochMillis(),
            other.tier(),
            other.vms(),
            other.nes(),
            other.hostCpu(),
            other.pcpus(),
            other.agent(),
            other.limits()));
    assertThat(nes(resource.answer(Query.PLAIN))).containsExactly("ne-9");
  }
}
