package org.vcpuacct.cli.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class UsageTest {

  private static final Offset<Double> CLOSE = offset(1e-9);

  private final Catalogue catalogue = new Catalogue();

  @Test
  void isWhatTheCountersGrewBy() {
    Document.Vcpu before = vcpu(1, Map.of("guest", 1_000L, "halted", 500L), "io", 100, 10);
    Document.Vcpu now = vcpu(1, Map.of("guest", 751_000L, "halted", 250_500L), "io", 102, 5_010);

    Usage usage = between(before, now).orElseThrow();

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

    assertThat(between(vcpu(1, ns, "io", 1, 1), vcpu(2, Map.of("guest", 2_000L), "io", 2, 2)))
        .isEmpty();
  }

  @Test
  void aLineThatWentBackOrIsAnotherHasNone() {
    Document.Vcpu before = vcpu(1, Map.of("guest", 1_000L, "halted", 0L), "io", 1, 1);

    assertThat(between(before, vcpu(1, Map.of("guest", 999L, "halted", 9L), "io", 1, 1))).isEmpty();
    assertThat(between(before, vcpu(1, Map.of("guest", 2_000L, "wait", 9L), "io", 1, 1))).isEmpty();
    assertThat(between(before, before)).isEmpty();
  }

  @Test
  void anExitClassThatCameLaterIsAbsentThen() {
    Document.Vcpu before = vcpu(1, Map.of("guest", 0L), "io", 5, 5);
    Document.Vcpu now = vcpu(1, Map.of("guest", 1_000L), "hlt", 9, 9);

    Usage usage = between(before, now).orElseThrow();

    assertThat(usage.exitClasses()).isEmpty();
    assertThat(usage.exitsPerSecond("hlt")).isEmpty();
    assertThat(usage.exitShare("hlt")).isEmpty();
  }

  @Test
  void exitsThatOneOfSeveralDoesNotCountAreAbsentTogether() {
    Usage counted =
        between(
                vcpu(1, Map.of("guest", 0L), "io", 0, 0),
                vcpu(1, Map.of("guest", 1_000L), "io", 1, 1))
            .orElseThrow();
    double[] asleep = {Usage.ABSENT, 1};
    catalogue.addLine("asleep", "idle");
    Usage uncounted =
        Usage.of(catalogue, asleep, Usage.ABSENT, new double[0], new double[0]).orElseThrow();

    Usage both = Usage.sum(List.of(counted, uncounted)).orElseThrow();

    assertThat(both.exitsPerSecond()).isEmpty();
    assertThat(both.exitClasses()).isEmpty();
    assertThat(both.rollUps()).containsOnlyKeys("guest", "asleep");
    assertThat(Usage.sum(List.of())).isEmpty();
  }

  private Optional<Usage> between(Document.Vcpu before, Document.Vcpu now) {
    return Usage.between(catalogue, before, now);
  }

  private Document.Vcpu vcpu(
      long sinceNs, Map<String, Long> lineNs, String exitClass, long exits, long exitNs) {
    lineNs.keySet().forEach(line -> catalogue.addLine(line, rollUp(line)));
    int of = catalogue.addExitClass(exitClass);
    return new Document.Vcpu(
        OptionalLong.of(0),
        OptionalLong.of(sinceNs),
        OptionalLong.empty(),
        Optional.empty(),
        new Counters(
            exits,
            catalogue.lines().all().stream()
                .mapToLong(line -> lineNs.getOrDefault(line, Counters.ABSENT))
                .toArray(),
            LongStream.concat(
                    LongStream.generate(() -> Counters.ABSENT).limit(of), LongStream.of(exits))
                .toArray(),
            LongStream.concat(
                    LongStream.generate(() -> Counters.ABSENT).limit(of), LongStream.of(exitNs))
                .toArray()),
        Optional.empty());
  }

  private static String rollUp(String line) {
    return line.equals("halted") ? "idle" : "useful";
  }
}
