package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/** What a document shows of the output of a command, where figures are never the same. */
final class ShownOutput {

  private static final Pattern FIGURE = Pattern.compile("\\d+([.,:]\\d+)*");
  private static final Pattern WORD_OF_FIGURES = Pattern.compile("(^|\\s)\\W*\\d");

  private ShownOutput() {}

  /** Fails if what a document shows of a command's output, its figures aside, is not in it. */
  static void assertIn(String title, List<String> shown, String output) {
    for (String expected : headings(shown)) {
      assertThat(output.lines())
          .as("%s: the line \"%s\" of the document, whatever the figures", title, expected)
          .anyMatch(line -> hasWords(line, expected));
    }
  }

  /**
   * What of the output shown does not depend on figures: the lines without any that begin a
   * paragraph or stand at the left; if there are none, the first line.
   */
  private static List<String> headings(List<String> shown) {
    List<String> headings = new ArrayList<>();
    boolean begins = true;
    for (String line : shown) {
      boolean isHeading = begins || !line.startsWith(" ");
      if (isHeading && !line.isBlank() && !WORD_OF_FIGURES.matcher(line).find()) {
        headings.add(line);
      }
      begins = line.isBlank();
    }
    if (headings.isEmpty()) {
      shown.stream().filter(line -> !line.isBlank()).findFirst().ifPresent(headings::add);
    }
    return headings;
  }

  /** Whether a line has these words in this order, and perhaps others between them. */
  private static boolean hasWords(String line, String expected) {
    Iterator<String> words = words(line).iterator();
    return words(expected).stream()
        .allMatch(
            wanted -> {
              while (words.hasNext()) {
                if (words.next().equals(wanted)) {
                  return true;
                }
              }
              return false;
            });
  }

  private static List<String> words(String line) {
    return Arrays.asList(FIGURE.matcher(line.strip()).replaceAll("#").split("\\s+"));
  }
}
