package org.vcpuacct.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopStateTest {

  private static final TopState.Shown SHOWN = new TopState.Shown(30, 10, Optional.of("mme"));

  @Test
  void theSelectionStaysWithinTheRows() {
    assertThat(after(Key.Name.UP).place().row()).isZero();
    assertThat(after(Key.Name.PAGE_DOWN, Key.Name.PAGE_DOWN).place().row()).isEqualTo(20);
    assertThat(after(Key.Name.END, Key.Name.DOWN).place().row()).isEqualTo(29);
    assertThat(after(Key.Name.END, Key.Name.UP).place().row()).isEqualTo(28);
    assertThat(after(Key.Name.END, Key.Name.HOME).place().row()).isZero();
  }

  @Test
  void aSelectionBeyondTheLastRowMovesFromTheLast() {
    TopState state = after(Key.Name.END);

    assertThat(state.after(Key.of(Key.Name.UP), new TopState.Shown(5, 10, Optional.empty())))
        .extracting(next -> next.place().row())
        .isEqualTo(3);
    assertThat(state.after(Key.of(Key.Name.UP), new TopState.Shown(0, 10, Optional.empty())))
        .extracting(next -> next.place().row())
        .isEqualTo(0);
  }

  @Test
  void everyViewAndOrderHasAKeyOfItsOwn() {
    for (View view : View.values()) {
      assertThat(typed(String.valueOf(view.key())).view()).isEqualTo(view);
    }
    for (Sort sort : Sort.values()) {
      assertThat(typed(String.valueOf(sort.key())).order())
          .isEqualTo(new TopState.Order(sort, false));
    }
    assertThat(typed("cr").order()).isEqualTo(new TopState.Order(Sort.CONTENTION, true));
    assertThat(after(Key.Name.TAB).view()).isEqualTo(View.LINES);
  }

  @Test
  void aFilterIsInForceWhileItIsTyped() {
    TopState typing = typed("/sgq");

    assertThat(typing.effectiveFilter()).isEqualTo("sgq");
    assertThat(typing.isEnded()).as("q is a letter here").isFalse();
    TopState corrected = typing.after(Key.of(Key.Name.BACKSPACE), SHOWN);
    assertThat(corrected.effectiveFilter()).isEqualTo("sg");
    TopState accepted = corrected.after(Key.of(Key.Name.ENTER), SHOWN);
    assertThat(accepted.filter()).isEqualTo("sg");
    assertThat(accepted.after(Key.of(Key.Name.ESCAPE), SHOWN).filter()).isEmpty();
    assertThat(corrected.after(Key.of(Key.Name.ESCAPE), SHOWN).effectiveFilter()).isEmpty();
  }

  @Test
  void networkElementsAreFoldedOneByOneAndAllTogether() {
    assertThat(typed("").folding().isOpen("mme")).isTrue();
    TopState folded = after(Key.Name.ENTER);
    assertThat(folded.folding().isOpen("mme")).isFalse();
    assertThat(folded.folding().isOpen("sgw")).isTrue();
    TopState all = typed("a");
    assertThat(all.folding().isOpen("mme")).isFalse();
    assertThat(all.after(Key.of(Key.Name.ENTER), SHOWN).folding().isOpen("mme")).isTrue();
  }

  @Test
  void anyKeyLeadsBackFromTheHelp() {
    assertThat(typed("?").mode()).isInstanceOf(TopState.Help.class);
    assertThat(typed("?q").isEnded()).isFalse();
    assertThat(typed("?qq").isEnded()).isTrue();
  }

  @Test
  void controlCEndsItEverywhere() {
    assertThat(typed("\u0003").isEnded()).isTrue();
    assertThat(typed("/a\u0003").isEnded()).isTrue();
    assertThat(typed("?\u0003").isEnded()).isTrue();
  }

  @Test
  void whatHasNoMeaningChangesNothing() {
    assertThat(typed("@Z~")).isEqualTo(TopState.START);
    assertThat(after(Key.Name.UNKNOWN, Key.Name.BACKSPACE)).isEqualTo(TopState.START);
    assertThat(typed("  ")).isEqualTo(TopState.START);
    assertThat(typed(" ").paused()).isTrue();
  }

  private static TopState typed(String characters) {
    TopState state = TopState.START;
    for (int i = 0; i < characters.length(); i++) {
      state = state.after(Key.of(characters.charAt(i)), SHOWN);
    }
    return state;
  }

  private static TopState after(Key.Name... names) {
    TopState state = TopState.START;
    for (Key.Name name : names) {
      state = state.after(Key.of(name), SHOWN);
    }
    return state;
  }
}
