package org.vcpuacct.ne;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A name, or a pattern of names in which {@code *} stands for any characters and {@code ?} for one.
 * Immutable.
 */
public final class NamePattern {

  private final String text;
  private final Pattern regex;

  /**
   * A pattern.
   *
   * @param text as the operator wrote it
   */
  public NamePattern(String text) {
    this.text = text;
    this.regex = Pattern.compile(regex(text), Pattern.DOTALL);
  }

  /** Whether the whole name fits; upper and lower case are told apart. */
  public boolean matches(String name) {
    return regex.matcher(name).matches();
  }

  private static String regex(String text) {
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

  @Override
  public boolean equals(Object other) {
    return other instanceof NamePattern pattern && text.equals(pattern.text);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
