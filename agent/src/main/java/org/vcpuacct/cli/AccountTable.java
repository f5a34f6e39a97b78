package org.vcpuacct.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.Window;

/** A snapshot as a table for a terminal: one row a vCPU, shares of its last interval in percent. */
final class AccountTable {

  private static final String ABSENT = "-";
  private static final int CLASSES_SHOWN = 3;
  private static final double HUNDREDTHS = 100.0;

  private AccountTable() {}

  /** The table's text. Lines of the ledger that no row has a figure for are left out. */
  static String of(Snapshot snapshot) {
    List<Line> lines =
        Arrays.stream(Line.values()).filter(line -> hasFigure(snapshot, line)).toList();
    TextTable table =
        new TextTable().words("VM").figures("vCPU").figures("thread").words("tier").figures("CPU%");
    table.figures("wait%");
    lines.forEach(line -> table.figures(line.label()));
    table.figures("exits/s").words("largest exit classes, a second");
    for (VmAccount vm : snapshot.vms()) {
      for (VcpuAccount vcpu : vm.vcpus()) {
        table.row(row(vm, vcpu, lines));
      }
    }
    return table.toString();
  }

  private static boolean hasFigure(Snapshot snapshot, Line line) {
    return snapshot.vms().stream()
        .flatMap(vm -> vm.vcpus().stream())
        .flatMap(vcpu -> vcpu.change(Window.LAST_INTERVAL).stream())
        .anyMatch(change -> change.share(line).orElse(0) > 0);
  }

  private static List<String> row(VmAccount vm, VcpuAccount vcpu, List<Line> lines) {
    Optional<Change> change = vcpu.change(Window.LAST_INTERVAL);
    List<String> cells = new ArrayList<>();
    cells.add(vm.vm().name());
    cells.add(Integer.toString(vcpu.vcpu().id()));
    cells.add(Integer.toString(vcpu.vcpu().threadId()));
    cells.add(vcpu.tier().label());
    cells.add(percent(change.map(Change::cpuShare)));
    cells.add(percent(change.map(Change::waitShare)));
    lines.forEach(line -> cells.add(percent(change.map(c -> c.share(line)))));
    cells.add(number(change.map(Change::exitsPerSecond)));
    cells.add(change.map(AccountTable::largestClasses).orElse(ABSENT));
    return cells;
  }

  private static String percent(Optional<OptionalInt> share) {
    OptionalInt hundredths = share.orElse(OptionalInt.empty());
    return hundredths.isEmpty()
        ? ABSENT
        : String.format(Locale.ROOT, "%.1f", hundredths.getAsInt() / HUNDREDTHS);
  }

  private static String number(Optional<OptionalLong> value) {
    OptionalLong number = value.orElse(OptionalLong.empty());
    return number.isEmpty() ? ABSENT : Long.toString(number.getAsLong());
  }

  private static String largestClasses(Change change) {
    Map<ExitClass, Long> rates = new EnumMap<>(ExitClass.class);
    for (ExitClass exitClass : ExitClass.values()) {
      change.exitsPerSecond(exitClass).ifPresent(rate -> rates.put(exitClass, rate));
    }
    if (rates.isEmpty()) {
      return ABSENT;
    }
    return rates.entrySet().stream()
        .filter(rate -> rate.getValue() > 0)
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(CLASSES_SHOWN)
        .map(rate -> rate.getKey().label() + " " + rate.getValue())
        .collect(Collectors.joining(", "));
  }
}
