package org.vcpuacct.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole screens against goldens. {@code -Dvcpuacct.goldens=DIR} writes them there instead: look at
 * what changed before it is taken over.
 */
class ScreenTest {

  private static final Path WRITE_TO =
      Optional.ofNullable(System.getProperty("vcpuacct.goldens")).map(Path::of).orElse(null);

  @ParameterizedTest
  @CsvSource({"80,24", "120,40", "200,50"})
  void everyViewAtEverySize(int columns, int rows) throws Exception {
    for (View view : View.values()) {
      Screen screen = screen(pressed(String.valueOf(view.key())), columns, rows);

      assertThat(screen.lines()).hasSize(rows);
      assertThat(screen.lines()).allMatch(line -> line.columnLength() <= columns);
      assertGolden(name(view) + "-" + columns + "x" + rows + ".txt", text(screen));
    }
  }

  private static String name(View view) {
    return view.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static TopState pressed(String keys) {
    TopState state = TopState.START;
    for (int i = 0; i < keys.length(); i++) {
      state = state.after(Key.of(keys.charAt(i)), new TopState.Shown(10, 10, Optional.of("mme")));
    }
    return state;
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void aBriefDocumentShowsWhatAFullOneShows(View view) {
    TopState state = pressed(String.valueOf(view.key()));

    assertThat(text(screen(Recorded.twoSecondsUntil(Recorded.secondInBrief()), state, 200, 50)))
        .isEqualTo(text(screen(Recorded.twoSecondsUntil(Recorded.second()), state, 200, 50)));
  }

  private static Screen screen(TopState state, int columns, int rows) {
    return screen(Recorded.ofTwoSeconds(), state, columns, rows);
  }

  private static Screen screen(Picture picture, TopState state, int columns, int rows) {
    return Screen.of(
        picture, Optional.empty(), state, new Screen.Size(columns, rows), Palette.PLAIN);
  }

  private static String text(Screen screen) {
    return screen.lines().stream()
        .map(AttributedString::toString)
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static void assertGolden(String name, String actual) throws Exception {
    if (WRITE_TO != null) {
      Files.writeString(WRITE_TO.resolve(name), actual);
      return;
    }
    assertThat(actual).isEqualTo(new String(Recorded.resource(name), StandardCharsets.UTF_8));
  }
}
