package org.vcpuacct.source;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Evaluates the part of the kernel's trace filter language that the project uses
 * (Documentation/trace/events.rst section 5): comparisons and bit tests of numeric fields, {@code
 * &&}, {@code ||}, {@code !} and parentheses.
 */
final class TraceFilter {

  private static final Pattern TOKEN =
      Pattern.compile("\\s*(\\(|\\)|!(?!=)|&&|\\|\\||(\\w+) (==|>=|<=|&) (\\w+))");

  private final List<MatchResult> tokens;
  private int next;

  private TraceFilter(String text) {
    this.tokens = TOKEN.matcher(text).results().toList();
    int length = tokens.stream().mapToInt(match -> match.group().length()).sum();
    if (length != text.length()) {
      throw new IllegalArgumentException("cannot read the filter " + text);
    }
  }

  /** The filter as a predicate on a record's fields. */
  static Predicate<Map<String, Long>> parse(String text) {
    TraceFilter parser = new TraceFilter(text);
    Predicate<Map<String, Long>> filter = parser.or();
    if (parser.next < parser.tokens.size()) {
      throw new IllegalArgumentException("unexpected " + parser.token() + " in " + text);
    }
    return filter;
  }

  private Predicate<Map<String, Long>> or() {
    Predicate<Map<String, Long>> left = and();
    while (token().equals("||")) {
      next++;
      left = left.or(and());
    }
    return left;
  }

  private Predicate<Map<String, Long>> and() {
    Predicate<Map<String, Long>> left = term();
    while (token().equals("&&")) {
      next++;
      left = left.and(term());
    }
    return left;
  }

  private Predicate<Map<String, Long>> term() {
    if (token().equals("!")) {
      next++;
      return term().negate();
    }
    if (token().equals("(")) {
      next++;
      Predicate<Map<String, Long>> inner = or();
      next++;
      return inner;
    }
    MatchResult match = tokens.get(next++);
    return comparison(match.group(2), match.group(3), Long.decode(match.group(4)));
  }

  private static Predicate<Map<String, Long>> comparison(
      String field, String operator, long value) {
    return switch (operator) {
      case "==" -> fields -> fields.get(field) == value;
      case ">=" -> fields -> fields.get(field) >= value;
      case "<=" -> fields -> fields.get(field) <= value;
      default -> fields -> (fields.get(field) & value) != 0;
    };
  }

  private String token() {
    return next < tokens.size() ? tokens.get(next).group(1) : "end";
  }
}
