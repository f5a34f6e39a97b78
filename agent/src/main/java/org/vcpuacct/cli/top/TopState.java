package org.vcpuacct.cli.top;

import java.util.Optional;

/**
 * What the operator has chosen to see. Immutable: a key leads to the next state.
 *
 * @param filter what the name of a network element or VM has to contain
 * @param paused whether the figures stand still
 */
record TopState(
    View view,
    Order order,
    String filter,
    Place place,
    Folding folding,
    Mode mode,
    boolean paused) {

  static final TopState START =
      new TopState(
          View.OVERVIEW,
          new Order(Sort.NAME, false),
          "",
          new Place(0, 0),
          Folding.ALL_OPEN,
          new Browsing(),
          false);

  private static final char CONTROL_C = '\u0003';

  /** The order of rows. */
  record Order(Sort sort, boolean reversed) {}

  /**
   * What of a table is in sight.
   *
   * @param row the selected row, from 0; beyond the last it means the last
   * @param column the first of the columns that is shown where not all fit, from 0
   */
  record Place(int row, int column) {}

  /** What keys do. */
  sealed interface Mode permits Browsing, Typing, Help, Ended {}

  /** They are commands. */
  record Browsing() implements Mode {}

  /** They are letters of a filter. */
  record Typing(String text) implements Mode {}

  /** They are explained; any key leads back. */
  record Help() implements Mode {}

  /** The operator wants no more. */
  record Ended() implements Mode {}

  /**
   * What keys act on.
   *
   * @param rows how many there are
   * @param page how many of them fit on the screen
   * @param ne the network element that the selected row belongs to
   */
  record Shown(int rows, int page, Optional<String> ne) {}

  boolean isEnded() {
    return mode instanceof Ended;
  }

  /** The filter in force: while one is typed, as far as it is. */
  String effectiveFilter() {
    return mode instanceof Typing typing ? typing.text() : filter;
  }

  /** The state after a key. A key without meaning changes nothing. */
  TopState after(Key key, Shown shown) {
    if (key.is(CONTROL_C)) {
      return with(new Ended());
    }
    if (mode instanceof Help) {
      return with(new Browsing());
    }
    return mode instanceof Typing typing ? typed(key, typing.text()) : command(key, shown);
  }

  private TopState typed(Key key, String text) {
    return switch (key.name()) {
      case ENTER -> with(new Browsing()).filteredBy(text);
      case ESCAPE -> with(new Browsing());
      case BACKSPACE -> with(new Typing(text.substring(0, Math.max(0, text.length() - 1))));
      case CHARACTER ->
          Character.isISOControl(key.character()) ? this : with(new Typing(text + key.character()));
      default -> this;
    };
  }

  private TopState command(Key key, Shown shown) {
    return switch (key.name()) {
      case UP -> moved(-1, shown);
      case DOWN -> moved(1, shown);
      case PAGE_UP -> moved(-shown.page(), shown);
      case PAGE_DOWN -> moved(shown.page(), shown);
      case HOME -> moved(-shown.rows(), shown);
      case END -> moved(shown.rows(), shown);
      case LEFT -> at(new Place(place.row(), Math.max(0, place.column() - 1)));
      case RIGHT -> at(new Place(place.row(), place.column() + 1));
      case TAB -> showing(view.next());
      case ENTER -> shown.ne().map(ne -> folded(folding.toggled(ne))).orElse(this);
      case ESCAPE -> filteredBy("");
      case CHARACTER -> letter(key.character(), shown);
      case BACKSPACE, UNKNOWN -> this;
    };
  }

  private TopState letter(char letter, Shown shown) {
    for (View wanted : View.values()) {
      if (wanted.key() == letter) {
        return showing(wanted);
      }
    }
    for (Sort wanted : Sort.values()) {
      if (wanted.key() == letter) {
        return ordered(new Order(wanted, false));
      }
    }
    return switch (letter) {
      case 'q' -> with(new Ended());
      case '?', 'h' -> with(new Help());
      case '/' -> with(new Typing(""));
      case 'r' -> ordered(new Order(order.sort(), !order.reversed()));
      case 'a' -> folded(folding.allToggled());
      case ' ' -> new TopState(view, order, filter, place, folding, mode, !paused);
      case 'k' -> moved(-1, shown);
      case 'j' -> moved(1, shown);
      default -> this;
    };
  }

  private TopState moved(int rows, Shown shown) {
    int last = Math.max(0, shown.rows() - 1);
    int row = Math.min(place.row(), last) + rows;
    return at(new Place(Math.max(0, Math.min(row, last)), place.column()));
  }

  private TopState with(Mode next) {
    return new TopState(view, order, filter, place, folding, next, paused);
  }

  private TopState filteredBy(String wanted) {
    return new TopState(view, order, wanted, place, folding, mode, paused);
  }

  private TopState at(Place wanted) {
    return new TopState(view, order, filter, wanted, folding, mode, paused);
  }

  private TopState showing(View wanted) {
    Place start = new Place(wanted == view ? place.row() : 0, 0);
    return new TopState(wanted, order, filter, start, folding, mode, paused);
  }

  private TopState ordered(Order wanted) {
    return new TopState(view, wanted, filter, place, folding, mode, paused);
  }

  private TopState folded(Folding wanted) {
    return new TopState(view, order, filter, place, wanted, mode, paused);
  }
}
