package org.vcpuacct.export.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One of the media types that a client takes (RFC 9110 section 12.5.1). Immutable.
 *
 * @param type in lower case, without parameters; an asterisk stands for any
 * @param version its parameter of that name; empty if it has none
 * @param weight how much it is liked, from 0, not at all, to 1
 */
record MediaRange(String type, Optional<String> version, double weight) {

  /** The media ranges of a field Accept. What cannot be read of one counts as not given. */
  static List<MediaRange> parseList(String accept) {
    return Arrays.stream(accept.split(",", -1)).map(MediaRange::parse).toList();
  }

  private static MediaRange parse(String range) {
    String[] parts = range.toLowerCase(Locale.ROOT).split(";", -1);
    return new MediaRange(
        parts[0].strip(),
        parameter(parts, "version"),
        parameter(parts, "q").map(MediaRange::parseWeight).orElse(1.0));
  }

  private static Optional<String> parameter(String[] parts, String name) {
    return Arrays.stream(parts)
        .skip(1)
        .map(part -> part.split("=", 2))
        .filter(pair -> pair.length == 2 && pair[0].strip().equals(name))
        .map(pair -> pair[1].strip().replace("\"", ""))
        .findFirst();
  }

  private static double parseWeight(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 1;
    }
  }
}
