package org.vcpuacct.ne;

import java.util.regex.Pattern;

/**
 * A name, or a pattern of names in which {@code *} stands for any characters and {@code ?} for one.
 *
 * @param text as the operator wrote it
 */
public record NamePattern(String text) {

  /** Whether the whole name fits; upper and lower case are told apart. */
  boolean matches(String name) {
    return Pattern.compile(regex(), Pattern.DOTALL).matcher(name).matches();
  }

  private String regex() {
    StringBuilder regex = new StringBuilder();
    text.codePoints()
        .forEach(
            character -> {
              switch (character) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(character)));
              }
            });
    return regex.toString();
  }
}
