package org.vcpuacct.cli.top;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.vcpuacct.cli.TextTable;

/** A picture as plain tables, for scripts: one of network elements, one of vCPUs. */
final class PlainTables {

  private PlainTables() {}

  /** A row: a vCPU and its network element. */
  private record Vcpu(Picture.Ne ne, Picture.Vcpu vcpu) {}

  /** The tables' text, and one line for each alarm. */
  static String of(Picture picture) {
    List<Vcpu> vcpus =
        picture.nes().stream()
            .flatMap(ne -> ne.vcpus().stream().map(vcpu -> new Vcpu(ne, vcpu)))
            .toList();
    StringBuilder text = new StringBuilder();
    text.append(nes(picture).print(picture.nes())).append('\n');
    text.append(vcpus(picture).print(vcpus));
    for (Document.Alarm alarm : picture.alarms()) {
      text.append("alarm: ").append(Text.clean(alarm.severity() + ": " + alarm.text()));
      text.append('\n');
    }
    return text.toString();
  }

  private static TextTable<Picture.Ne> nes(Picture picture) {
    TextTable<Picture.Ne> table =
        new TextTable<Picture.Ne>()
            .words("NE", ne -> Text.clean(ne.name()))
            .figures("load%", PlainTables::load)
            .figures("guest%", guest(Document.Guest::busy))
            .figures("steal%", guest(Document.Guest::steal))
            .figures("hidden%", guest(Document.Guest::hidden))
            .words("cause", ne -> ne.cause().orElse(Text.ABSENT))
            .figures("cut%", ne -> Text.whole(ne.reductionPercent()));
    return usage(table, picture, ne -> ne);
  }

  private static TextTable<Vcpu> vcpus(Picture picture) {
    TextTable<Vcpu> table =
        new TextTable<Vcpu>()
            .words("NE", row -> Text.clean(row.ne().name()))
            .words("VM", row -> Text.clean(row.vcpu().vm()))
            .figures("vCPU", row -> Text.whole(row.vcpu().number()))
            .figures("pCPU", row -> Text.whole(row.vcpu().lastPcpu()))
            .figures("load%", row -> load(row.vcpu()));
    return usage(table, picture, Vcpu::vcpu);
  }

  /** Adds the lines of the ledger that any time was on, and the exits. */
  private static <R> TextTable<R> usage(
      TextTable<R> table, Picture picture, Function<R, Picture.Subject> subject) {
    for (String label : picture.usedLines()) {
      table.figures(
          Text.clean(label),
          row -> Text.percent(figure(subject.apply(row), usage -> usage.share(label))));
    }
    return table.figures(
        "exits/s", row -> Text.whole(figure(subject.apply(row), Usage::exitsPerSecond)));
  }

  private static String load(Picture.Subject subject) {
    return Text.percent(figure(subject, usage -> OptionalDouble.of(usage.load())));
  }

  private static Function<Picture.Ne, String> guest(
      Function<Document.Guest, OptionalDouble> share) {
    return ne -> Text.percent(ne.guest().map(share).orElse(OptionalDouble.empty()));
  }

  private static OptionalDouble figure(
      Picture.Subject subject, Function<Usage, OptionalDouble> figure) {
    return subject.usage().map(figure).orElse(OptionalDouble.empty());
  }
}
