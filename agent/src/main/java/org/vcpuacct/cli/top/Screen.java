package org.vcpuacct.cli.top;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;

/**
 * What stands on the screen. Immutable.
 *
 * @param lines from the top: as many as the screen has, none wider than it
 * @param shown what keys act on
 */
record Screen(List<AttributedString> lines, TopState.Shown shown) {

  /**
   * The size of a screen.
   *
   * @param columns at least 1
   * @param rows at least 1
   */
  record Size(int columns, int rows) {}

  /**
   * A picture as a state shows it.
   *
   * @param trouble why there is no newer picture; empty if this is the newest
   */
  static Screen of(
      Picture picture, Optional<String> trouble, TopState state, Size size, Palette palette) {
    Body body = body(picture, state, size.columns(), palette);
    List<AttributedString> lines =
        new ArrayList<>(Header.of(picture, state, body.part(), size.columns(), palette));
    lines.addAll(body.headings());
    int page = Math.max(1, size.rows() - lines.size() - 1);
    int selected = Math.max(0, Math.min(state.place().row(), body.size() - 1));
    int first = selected / page * page;
    for (int index = first; index < Math.min(first + page, body.size()); index++) {
      lines.add(body.line(index, index == selected));
    }
    while (lines.size() < size.rows() - 1) {
      lines.add(AttributedString.EMPTY);
    }
    lines.add(Math.min(lines.size(), size.rows() - 1), footer(trouble, state, palette));
    Optional<String> ne = body.size() == 0 ? Optional.empty() : body.ne(selected);
    return new Screen(
        lines.stream().limit(size.rows()).map(line -> Text.cut(line, size.columns())).toList(),
        new TopState.Shown(body.size(), page, ne));
  }

  private static Body body(Picture picture, TopState state, int width, Palette palette) {
    if (state.mode() instanceof TopState.Help) {
      return Notes.help(width);
    }
    if (state.view() == View.ALARMS) {
      return Notes.alarmsAndLimits(picture, width, palette);
    }
    if (state.view() == View.PCPUS) {
      return picture.pcpus().isEmpty()
          ? Notes.of("The daemon does not tell what the host's CPUs do.")
          : new PcpuTable(picture.pcpus(), width, palette);
    }
    return table(picture, state, width, palette);
  }

  private static Body table(Picture picture, TopState state, int width, Palette palette) {
    List<Rows.Row> rows = Rows.of(picture, state);
    if (rows.isEmpty()) {
      return Notes.of(
          picture.nes().isEmpty() ? "No VM is running on this host." : "Nothing has this name.");
    }
    if (state.view() == View.OVERVIEW) {
      Symbols symbols = new Symbols(picture.rollUps());
      return new Table(OverviewColumns.of(width, symbols, palette), "", rows, width, palette);
    }
    List<Column> columns = figures(picture, state.view());
    int start = state.place().column();
    List<Column> fitting = FigureColumns.fitting(NameColumn.of(width), columns, start, width);
    String part = FigureColumns.range(columns, start, fitting.size() - 1);
    return new Table(fitting, part, rows, width, palette);
  }

  private static List<Column> figures(Picture picture, View view) {
    return switch (view) {
      case LINES -> FigureColumns.lines(picture);
      case EXITS -> FigureColumns.exitRates(picture);
      case EXIT_TIME -> FigureColumns.exitShares(picture);
      case OVERVIEW, ALARMS, PCPUS -> List.of();
    };
  }

  private static AttributedString footer(
      Optional<String> trouble, TopState state, Palette palette) {
    if (state.mode() instanceof TopState.Typing typing) {
      return new AttributedString("filter: " + Text.clean(typing.text()) + "_");
    }
    return trouble
        .map(why -> new AttributedString(Text.clean(why), palette.alarm("critical")))
        .orElse(new AttributedString(Keys.summary()));
  }
}
