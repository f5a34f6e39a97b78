package org.vcpuacct.cli.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class UsageTest {

  private static final Offset<Double> CLOSE = offset(1e-9);

  @Test
  void isWhatTheCountersGrewBy() {
    Document.Vcpu before = vcpu(1, Map.of("guest", 1_000L, "halted", 500L), "io", 100, 10);
    Document.Vcpu now = vcpu(1, Map.of("guest", 751_000L, "halted", 250_500L), "io", 102, 5_010);

    Usage usage = Usage.between(before, now).orElseThrow();

    assertThat(usage.share("guest").orElseThrow()).isCloseTo(0.75, CLOSE);
    assertThat(usage.share("halted").orElseThrow()).isCloseTo(0.25, CLOSE);
    assertThat(usage.share("exit")).isEmpty();
    assertThat(usage.load()).isCloseTo(0.75, CLOSE);
    assertThat(usage.exitsPerSecond().orElseThrow()).isCloseTo(2_000, CLOSE);
    assertThat(usage.exitsPerSecond("io").orElseThrow()).isCloseTo(2_000, CLOSE);
    assertThat(usage.exitShare("io").orElseThrow()).isCloseTo(0.005, CLOSE);
    assertThat(usage.exitsPerSecond("hlt")).isEmpty();
  }

  @Test
  void anAccountThatWasOpenedAnewHasNone() {
    Map<String, Long> ns = Map.of("guest", 1_000L);

    assertThat(Usage.between(vcpu(1, ns, "io", 1, 1), vcpu(2, Map.of("guest", 2_000L), "io", 2, 2)))
        .isEmpty();
  }

  @Test
  void aLineThatWentBackOrIsAnotherHasNone() {
    Document.Vcpu before = vcpu(1, Map.of("guest", 1_000L, "halted", 0L), "io", 1, 1);

    assertThat(Usage.between(before, vcpu(1, Map.of("guest", 999L, "halted", 9L), "io", 1, 1)))
        .isEmpty();
    assertThat(Usage.between(before, vcpu(1, Map.of("guest", 2_000L, "wait", 9L), "io", 1, 1)))
        .isEmpty();
    assertThat(Usage.between(before, before)).isEmpty();
  }

  @Test
  void exitsThatOneOfSeveralDoesNotCountAreAbsentTogether() {
    Usage counted =
        Usage.between(
                vcpu(1, Map.of("guest", 0L), "io", 0, 0),
                vcpu(1, Map.of("guest", 1_000L), "io", 1, 1))
            .orElseThrow();
    Usage uncounted =
        Usage.ofLastInterval(
                new Document.Vcpu(
                    OptionalLong.of(0),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalDouble.empty(),
                    Optional.empty(),
                    Map.of(
                        "asleep",
                        new Document.LineTime("idle", OptionalLong.of(1), OptionalDouble.of(1))),
                    Map.of()))
            .orElseThrow();

    Usage both = Usage.sum(List.of(counted, uncounted)).orElseThrow();

    assertThat(both.exitsPerSecond()).isEmpty();
    assertThat(both.exitClasses()).isEmpty();
    assertThat(both.rollUps()).containsOnlyKeys("guest", "asleep");
    assertThat(Usage.sum(List.of())).isEmpty();
  }

  private static Document.Vcpu vcpu(
      long sinceNs, Map<String, Long> lineNs, String exitClass, long exits, long exitNs) {
    Map<String, Document.LineTime> lines = new LinkedHashMap<>();
    lineNs.forEach(
        (label, ns) ->
            lines.put(
                label,
                new Document.LineTime(
                    label.equals("halted") ? "idle" : "useful",
                    OptionalLong.of(ns),
                    OptionalDouble.empty())));
    Document.ExitCount count =
        new Document.ExitCount(
            OptionalLong.of(exits),
            OptionalLong.of(exitNs),
            OptionalDouble.empty(),
            OptionalDouble.empty());
    return new Document.Vcpu(
        OptionalLong.of(0),
        OptionalLong.of(sinceNs),
        OptionalLong.empty(),
        OptionalLong.of(exits),
        OptionalDouble.empty(),
        Optional.empty(),
        lines,
        Map.of(exitClass, count));
  }
}
