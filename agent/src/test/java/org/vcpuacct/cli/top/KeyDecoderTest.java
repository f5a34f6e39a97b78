package org.vcpuacct.cli.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyDecoderTest {

  private static final char ESC = '\u001b';

  @ParameterizedTest
  @CsvSource({
    "[A,UP",
    "[B,DOWN",
    "[C,RIGHT",
    "[D,LEFT",
    "[H,HOME",
    "[F,END",
    "[1~,HOME",
    "[4~,END",
    "[5~,PAGE_UP",
    "[6~,PAGE_DOWN",
    "OA,UP",
    "OH,HOME",
    "[1;5A,UP",
    "[15~,UNKNOWN",
    "x,UNKNOWN",
    "[99999999999999999999,UNKNOWN",
    "'',ESCAPE"
  })
  void sequencesAreKeys(String sequence, Key.Name name) throws Exception {
    assertThat(keys(ESC + sequence).get(0)).isEqualTo(Key.of(name));
  }

  @Test
  void charactersAndSequencesFollowEachOther() throws Exception {
    assertThat(keys("a" + ESC + "[A\r\t\u007f" + ESC + "[6~q"))
        .containsExactly(
            Key.of('a'),
            Key.of(Key.Name.UP),
            Key.of(Key.Name.ENTER),
            Key.of(Key.Name.TAB),
            Key.of(Key.Name.BACKSPACE),
            Key.of(Key.Name.PAGE_DOWN),
            Key.of('q'));
  }

  @Test
  void aTerminalThatIsGoneIsAnError() {
    KeyDecoder decoder = new KeyDecoder(timeoutMs -> KeyDecoder.CLOSED);

    assertThatThrownBy(() -> decoder.next(1)).isInstanceOf(IOException.class);
  }

  private static List<Key> keys(String sent) throws IOException {
    int[] next = {0};
    KeyDecoder decoder =
        new KeyDecoder(
            timeoutMs -> next[0] < sent.length() ? sent.charAt(next[0]++) : KeyDecoder.NOTHING);
    List<Key> keys = new ArrayList<>();
    for (Optional<Key> key = decoder.next(1); key.isPresent(); key = decoder.next(1)) {
      keys.add(key.get());
    }
    return keys;
  }
}
