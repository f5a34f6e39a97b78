package org.vcpuacct.cli.top;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/** For what each of the host's CPUs was used. */
final class PcpuTable implements Body {

  private static final String HEADING = "pCPU  guest overhead  other   idle ";
  private static final int NUMBER = 4;
  private static final int SHARE = 6;
  private static final int OVERHEAD = 8;

  private final List<Document.Pcpu> pcpus;
  private final int width;
  private final Palette palette;

  PcpuTable(List<Document.Pcpu> pcpus, int width, Palette palette) {
    this.pcpus = List.copyOf(pcpus);
    this.width = width;
    this.palette = palette;
  }

  @Override
  public List<AttributedString> headings() {
    String heading = HEADING + "g guest, o overhead, x other";
    return List.of(new AttributedString(Text.left(heading, width), palette.heading()));
  }

  @Override
  public String part() {
    return "";
  }

  @Override
  public int size() {
    return pcpus.size();
  }

  @Override
  public AttributedString line(int index, boolean selected) {
    Document.Pcpu pcpu = pcpus.get(index);
    AttributedStringBuilder line = new AttributedStringBuilder(width);
    line.append(Text.right(Text.whole(pcpu.number()), NUMBER)).append(' ');
    line.append(Text.right(Text.percent(pcpu.guest()), SHARE)).append(' ');
    line.append(Text.right(Text.percent(pcpu.overhead()), OVERHEAD)).append(' ');
    line.append(Text.right(Text.percent(pcpu.other()), SHARE)).append(' ');
    line.append(Text.right(Text.percent(pcpu.idle()), SHARE)).append(' ');
    return line.append(Bar.of(parts(pcpu), Math.max(0, width - line.length())))
        .toAttributedString();
  }

  private List<Bar.Part> parts(Document.Pcpu pcpu) {
    return List.of(
        new Bar.Part('g', pcpu.guest().orElse(0), palette.bar("useful")),
        new Bar.Part('o', pcpu.overhead().orElse(0), palette.bar("overhead")),
        new Bar.Part('x', pcpu.other().orElse(0), palette.bar("other")),
        new Bar.Part('.', pcpu.idle().orElse(0), palette.bar("idle")));
  }

  @Override
  public Optional<String> ne(int index) {
    return Optional.empty();
  }

  /** All of them together, in words. */
  static String summary(List<Document.Pcpu> pcpus) {
    return pcpus.size()
        + " pCPUs: guests "
        + mean(pcpus.stream().map(Document.Pcpu::guest).toList())
        + " %, their overhead "
        + mean(pcpus.stream().map(Document.Pcpu::overhead).toList())
        + " %, other "
        + mean(pcpus.stream().map(Document.Pcpu::other).toList())
        + " %, idle "
        + mean(pcpus.stream().map(Document.Pcpu::idle).toList())
        + " %";
  }

  /** A part would pass for the whole. */
  private static String mean(List<OptionalDouble> shares) {
    return shares.stream().allMatch(OptionalDouble::isPresent)
        ? Text.percent(shares.stream().mapToDouble(OptionalDouble::getAsDouble).average())
        : Text.ABSENT;
  }
}
