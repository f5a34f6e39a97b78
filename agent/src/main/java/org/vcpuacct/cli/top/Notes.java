package org.vcpuacct.cli.top;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** Lines of text. */
final class Notes implements Body {

  private final List<AttributedString> lines;

  private Notes(List<AttributedString> lines) {
    this.lines = List.copyOf(lines);
  }

  /** The active alarms, and what the host does not let the daemon read. */
  static Notes alarmsAndLimits(Picture picture, int width, Palette palette) {
    List<AttributedString> lines = new ArrayList<>();
    for (Document.Alarm alarm : picture.alarms()) {
      add(lines, alarm.severity() + ": " + alarm.text(), width, palette.alarm(alarm.severity()));
    }
    for (Document.Limit limit : picture.limits()) {
      add(lines, "limit: " + limit.what(), width, AttributedStyle.BOLD);
      add(lines, "  so " + limit.consequence(), width, AttributedStyle.DEFAULT);
      add(lines, "  mend: " + limit.mend(), width, AttributedStyle.DEFAULT);
    }
    return lines.isEmpty() ? of("No alarm is active, and nothing is kept back.") : new Notes(lines);
  }

  /** One line. */
  static Notes of(String line) {
    return new Notes(List.of(new AttributedString(line)));
  }

  /** What the keys do. */
  static Notes help(int width) {
    List<AttributedString> lines = new ArrayList<>();
    Keys.help().lines().forEach(line -> add(lines, line, width, AttributedStyle.DEFAULT));
    return new Notes(lines);
  }

  /** A text that is longer than a line goes on in the next. */
  private static void add(
      List<AttributedString> lines, String text, int width, AttributedStyle style) {
    lines.addAll(
        new AttributedString(Text.clean(text), style).columnSplitLength(Math.max(1, width)));
  }

  @Override
  public List<AttributedString> headings() {
    return List.of();
  }

  @Override
  public String part() {
    return "";
  }

  @Override
  public int size() {
    return lines.size();
  }

  @Override
  public AttributedString line(int index, boolean selected) {
    return lines.get(index);
  }

  @Override
  public Optional<String> ne(int index) {
    return Optional.empty();
  }
}
