package org.vcpuacct.cli.top;

import java.io.IOException;
import java.util.Optional;

/**
 * Tells keys apart in what a terminal sends: characters, and the sequences of ECMA-48 and of DEC's
 * terminals that every emulator has for cursor keys.
 */
final class KeyDecoder {

  /** What a {@link Characters} answers when the time is over. */
  static final int NOTHING = -2;

  /** What a {@link Characters} answers when the terminal is gone. */
  static final int CLOSED = -1;

  /** The rest of a sequence follows at once, but for a slow line: longer waits mean Escape. */
  private static final long SEQUENCE_MS = 100;

  private static final char ESCAPE = '\u001b';
  private static final int LONGEST_SEQUENCE = 16;

  private final Characters characters;

  /** Where characters come from. */
  @FunctionalInterface
  interface Characters {

    /**
     * The next character, {@link #NOTHING} or {@link #CLOSED}.
     *
     * @param timeoutMs how long to wait for it at most
     */
    int read(long timeoutMs) throws IOException;
  }

  KeyDecoder(Characters characters) {
    this.characters = characters;
  }

  /**
   * The next key; empty if none is pressed in time.
   *
   * @throws IOException if the terminal is gone
   */
  Optional<Key> next(long timeoutMs) throws IOException {
    int character = characters.read(timeoutMs);
    return switch (character) {
      case NOTHING -> Optional.empty();
      case CLOSED -> throw new IOException("the terminal is closed");
      case ESCAPE -> Optional.of(Key.of(afterEscape()));
      case '\r', '\n' -> Optional.of(Key.of(Key.Name.ENTER));
      case '\t' -> Optional.of(Key.of(Key.Name.TAB));
      case '\b', '\u007f' -> Optional.of(Key.of(Key.Name.BACKSPACE));
      default -> Optional.of(Key.of((char) character));
    };
  }

  private Key.Name afterEscape() throws IOException {
    int next = characters.read(SEQUENCE_MS);
    return switch (next) {
      case '[' -> controlSequence();
      case 'O' -> cursorKey(characters.read(SEQUENCE_MS));
      case NOTHING, CLOSED -> Key.Name.ESCAPE;
      default -> Key.Name.UNKNOWN;
    };
  }

  /** Parameters, and a final character from '@' to '~' (ECMA-48, 5.4). */
  private Key.Name controlSequence() throws IOException {
    StringBuilder parameters = new StringBuilder();
    for (int i = 0; i < LONGEST_SEQUENCE; i++) {
      int next = characters.read(SEQUENCE_MS);
      if (next < ' ') {
        return Key.Name.UNKNOWN;
      }
      if (next == '~') {
        return editingKey(parameters.toString());
      }
      if (next >= '@') {
        return cursorKey(next);
      }
      parameters.append((char) next);
    }
    return Key.Name.UNKNOWN;
  }

  private static Key.Name cursorKey(int last) {
    return switch (last) {
      case 'A' -> Key.Name.UP;
      case 'B' -> Key.Name.DOWN;
      case 'C' -> Key.Name.RIGHT;
      case 'D' -> Key.Name.LEFT;
      case 'H' -> Key.Name.HOME;
      case 'F' -> Key.Name.END;
      default -> Key.Name.UNKNOWN;
    };
  }

  private static Key.Name editingKey(String number) {
    return switch (number) {
      case "1", "7" -> Key.Name.HOME;
      case "4", "8" -> Key.Name.END;
      case "5" -> Key.Name.PAGE_UP;
      case "6" -> Key.Name.PAGE_DOWN;
      default -> Key.Name.UNKNOWN;
    };
  }
}
