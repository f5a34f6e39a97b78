package org.vcpuacct.cli.top;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.vcpuacct.alarm.Severity;

/** The lines on top of every view. */
final class Header {

  private static final String GAP = "  ";
  private static final double SECOND_NS = 1e9;

  private Header() {}

  /**
   * Whose figures these are, the worst alarm, and what is shown how.
   *
   * @param part what part of the whole is in sight, in words; empty if all of it is
   */
  static List<AttributedString> of(
      Picture picture, TopState state, String part, int width, Palette palette) {
    List<AttributedString> lines = new ArrayList<>();
    lines.add(new AttributedString(title(picture, state), AttributedStyle.BOLD));
    if (!picture.pcpus().isEmpty()) {
      lines.add(new AttributedString(PcpuTable.summary(picture.pcpus())));
    }
    lines.add(alarms(picture, width, palette));
    lines.add(new AttributedString(view(state, part)));
    if (state.view() == View.OVERVIEW) {
      lines.addAll(legend(picture, width, palette));
    }
    return lines;
  }

  private static String title(Picture picture, TopState state) {
    long vcpus = picture.nes().stream().mapToLong(ne -> ne.vcpus().size()).sum();
    List<String> parts = new ArrayList<>(List.of("vcpuacct top"));
    if (!picture.host().isEmpty()) {
      parts.add(Text.clean(picture.host()));
    }
    parts.add("tier " + Text.clean(picture.tier()));
    parts.add(count(picture.nes().size(), "NE"));
    parts.add(count(vcpus, "vCPU"));
    parts.add(
        picture.spanNs().isPresent()
            ? "over " + Text.decimal(picture.spanNs().getAsLong() / SECOND_NS) + " s"
            : "last interval");
    if (state.paused()) {
      parts.add("paused");
    }
    return String.join(GAP, parts);
  }

  private static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  private static AttributedString alarms(Picture picture, int width, Palette palette) {
    if (picture.alarms().isEmpty()) {
      String limits =
          picture.limits().isEmpty()
              ? ""
              : GAP + count(picture.limits().size(), "limit") + " (see 5)";
      return new AttributedString("no alarms" + limits);
    }
    Document.Alarm worst =
        Collections.min(picture.alarms(), Comparator.comparingLong(Header::rank));
    int more = picture.alarms().size() - 1;
    String others = more == 0 ? "" : "(1 of " + picture.alarms().size() + ", see 5) ";
    return new AttributedString(
        Text.cut(others + worst.severity() + ": " + worst.text(), width),
        palette.alarm(worst.severity()));
  }

  /** 0 for the worst; a severity that this program does not know comes last. */
  private static long rank(Document.Alarm alarm) {
    return Stream.of(Severity.values())
        .takeWhile(severity -> !severity.label().equals(alarm.severity()))
        .count();
  }

  private static String view(TopState state, String part) {
    List<String> parts = new ArrayList<>(List.of(state.view().title()));
    if (state.view().isOfVcpus()) {
      TopState.Order order = state.order();
      parts.add("by " + order.sort().label() + (order.reversed() ? ", reversed" : ""));
    }
    String filter = state.effectiveFilter();
    if (!filter.isEmpty()) {
      parts.add("filter \"" + Text.clean(filter) + "\"");
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return String.join(GAP, parts);
  }

  /** The characters of the lines that any time was on, in as many lines as it takes. */
  private static List<AttributedString> legend(Picture picture, int width, Palette palette) {
    Map<String, String> rollUps = picture.rollUps();
    Symbols symbols = new Symbols(rollUps);
    List<AttributedString> lines = new ArrayList<>();
    AttributedStringBuilder legend = new AttributedStringBuilder();
    for (String label : picture.usedLines()) {
      String text = " " + Text.clean(label) + GAP;
      if (legend.length() > 0 && legend.length() + 1 + text.stripTrailing().length() > width) {
        lines.add(legend.toAttributedString());
        legend = new AttributedStringBuilder();
      }
      String symbol = String.valueOf(symbols.of(label));
      legend.styled(palette.bar(rollUps.get(label)), symbol).append(text);
    }
    lines.add(legend.toAttributedString());
    return lines;
  }
}
