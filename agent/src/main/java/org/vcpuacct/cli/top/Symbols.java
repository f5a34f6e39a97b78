package org.vcpuacct.cli.top;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The character of each line of the ledger in a bar, so that bars can be read without colour too.
 * Immutable.
 */
final class Symbols {

  private static final char IDLE = '.';
  private static final char NO_LETTER_LEFT = '*';

  private final Map<String, Character> byLabel = new LinkedHashMap<>();

  /**
   * Characters for these lines: a point if it is idle, else the initial of its last word, in upper
   * case if another line has it already.
   *
   * @param rollUps the roll-up of each line by its label, in the order of the catalogue
   */
  Symbols(Map<String, String> rollUps) {
    Set<Character> taken = new HashSet<>();
    rollUps.forEach(
        (label, rollUp) -> {
          char symbol = rollUp.equals("idle") ? IDLE : free(label, taken);
          taken.add(symbol);
          byLabel.put(label, symbol);
        });
  }

  private static char free(String label, Set<Character> taken) {
    char initial = initialOfLastWord(label);
    if (!taken.contains(initial)) {
      return initial;
    }
    char upper = Character.toUpperCase(initial);
    return taken.contains(upper) ? NO_LETTER_LEFT : upper;
  }

  private static char initialOfLastWord(String label) {
    String word = label.substring(label.lastIndexOf('-') + 1);
    return word.isEmpty() ? NO_LETTER_LEFT : word.charAt(0);
  }

  char of(String label) {
    return byLabel.getOrDefault(label, NO_LETTER_LEFT);
  }
}
