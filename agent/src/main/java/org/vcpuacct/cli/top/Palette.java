package org.vcpuacct.cli.top;

import java.util.List;
import org.jline.utils.AttributedStyle;

/** How what is shown stands out: in colour, or without. */
enum Palette {
  COLOUR {
    @Override
    AttributedStyle bar(String rollUp) {
      return switch (rollUp) {
        case "useful" -> on(AttributedStyle.GREEN).foreground(AttributedStyle.BLACK);
        case "overhead" -> on(AttributedStyle.YELLOW).foreground(AttributedStyle.BLACK);
        case "contention" -> on(AttributedStyle.RED).foreground(AttributedStyle.WHITE);
        case "idle" -> AttributedStyle.DEFAULT;
        default -> on(AttributedStyle.BLUE).foreground(AttributedStyle.WHITE);
      };
    }

    @Override
    AttributedStyle alarm(String severity) {
      return SEVERE.contains(severity)
          ? AttributedStyle.BOLD.foreground(AttributedStyle.RED)
          : AttributedStyle.BOLD.foreground(AttributedStyle.YELLOW);
    }
  },

  PLAIN {
    @Override
    AttributedStyle bar(String rollUp) {
      return AttributedStyle.DEFAULT;
    }

    @Override
    AttributedStyle alarm(String severity) {
      return AttributedStyle.BOLD;
    }
  };

  private static final List<String> SEVERE = List.of("critical", "major");

  /** The palette that an operator wants; see no-color.org. */
  static Palette wanted(String noColor) {
    return noColor == null || noColor.isEmpty() ? COLOUR : PLAIN;
  }

  /** A line of the ledger in a bar. */
  abstract AttributedStyle bar(String rollUp);

  abstract AttributedStyle alarm(String severity);

  /** Headings, and the row that is selected. */
  AttributedStyle heading() {
    return AttributedStyle.INVERSE;
  }

  /** A network element. */
  AttributedStyle ne() {
    return AttributedStyle.BOLD;
  }

  private static AttributedStyle on(int background) {
    return AttributedStyle.DEFAULT.background(background);
  }
}
