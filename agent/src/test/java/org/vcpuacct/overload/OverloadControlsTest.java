package org.vcpuacct.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Overload;
import org.vcpuacct.ledger.Snapshots;

class OverloadControlsTest {

  private static final long SECOND_NS = 1_000_000_000L;

  /** Nothing has been said of them yet. */
  private static final List<NeAccount> ELEMENTS =
      Snapshots.ofEveryTier().nes().stream()
          .map(ne -> new NeAccount(ne.index(), ne.name(), ne.sinceNs(), ne.vms(), Optional.empty()))
          .toList();

  private final OverloadControls controls = new OverloadControls(OverloadSettings.defaults());
  private long seconds;

  private List<Overload> step() {
    seconds++;
    return controls.of(ELEMENTS, seconds * SECOND_NS, seconds * 1_000).stream()
        .flatMap(ne -> ne.overload().stream())
        .toList();
  }

  @Test
  void otherSettingsTakeEffectWithTheNextStepAndNumbersGoOn() {
    List<Overload> before = step();
    assertThat(before).isNotEmpty();

    controls.use(
        new OverloadSettings(
            Duration.ofSeconds(9), OverloadPolicy.DEFAULT, List.of(), Optional.empty()));
    List<Overload> after = step();

    assertThat(after).extracting(Overload::validityMs).containsOnly(9_000);
    assertThat(after)
        .extracting(Overload::sequence)
        .containsExactlyElementsOf(before.stream().map(said -> said.sequence() + 1).toList());
  }
}
