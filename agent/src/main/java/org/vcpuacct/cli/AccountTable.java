package org.vcpuacct.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.Window;

/**
 * A snapshot as tables for a terminal: one row a vCPU, shares of its last interval in percent.
 *
 * <p>The accounts of {@link Tier#EXACT} have other lines than those of the lower tiers, so they
 * have a table of their own, and a second one of what their exits cost.
 */
final class AccountTable {

  private AccountTable() {}

  /** A vCPU and its VM. */
  private record Account(VmAccount vm, VcpuAccount vcpu) {

    boolean isExact() {
      return vcpu.tier() == Tier.EXACT;
    }

    Optional<Change> change() {
      return vcpu.change(Window.LAST_INTERVAL);
    }
  }

  /** The tables' text. Lines of the ledger that no row has a figure for are left out. */
  static String of(Snapshot snapshot) {
    Map<Boolean, List<Account>> byExact =
        snapshot.vms().stream()
            .flatMap(vm -> vm.vcpus().stream().map(vcpu -> new Account(vm, vcpu)))
            .collect(Collectors.partitioningBy(Account::isExact));
    List<Account> exact = byExact.get(true);
    List<Account> lower = byExact.get(false);
    List<String> tables = new ArrayList<>();
    if (!exact.isEmpty()) {
      tables.add(times(exact).print(exact));
      tables.add(exitTimes().print(exact));
    }
    if (!lower.isEmpty() || exact.isEmpty()) {
      tables.add(timesAndExitCounts(lower).print(lower));
    }
    return String.join("\n", tables);
  }

  private static TextTable<Account> times(List<Account> accounts) {
    TextTable<Account> table =
        vcpus()
            .figures("thread", account -> Integer.toString(account.vcpu().vcpu().threadId()))
            .words("tier", account -> account.vcpu().tier().label())
            .figures("CPU%", percent(Change::cpuShare))
            .figures("wait%", percent(Change::waitShare));
    Arrays.stream(Line.values())
        .filter(line -> hasFigure(accounts, line))
        .forEach(line -> table.figures(line.label(), percent(change -> change.share(line))));
    return table;
  }

  private static TextTable<Account> timesAndExitCounts(List<Account> accounts) {
    return times(accounts)
        .figures("exits/s", number(Change::exitsPerSecond))
        .words("largest exit classes, a second", ifKnown(LargestExits::byRate));
  }

  private static TextTable<Account> exitTimes() {
    return vcpus()
        .figures("exits/s", number(Change::exitsPerSecond))
        .words("largest exit classes: share of time, a second", ifKnown(LargestExits::byTime));
  }

  private static TextTable<Account> vcpus() {
    return new TextTable<Account>()
        .words("VM", account -> account.vm().vm().name())
        .figures("vCPU", account -> Integer.toString(account.vcpu().vcpu().id()));
  }

  private static boolean hasFigure(List<Account> accounts, Line line) {
    return accounts.stream()
        .flatMap(account -> account.change().stream())
        .anyMatch(change -> change.share(line).orElse(0) > 0);
  }

  private static Function<Account, String> percent(Function<Change, OptionalInt> share) {
    return ifKnown(share.andThen(Cells::percent));
  }

  private static Function<Account, String> number(Function<Change, OptionalLong> number) {
    return ifKnown(number.andThen(Cells::number));
  }

  private static Function<Account, String> ifKnown(Function<Change, String> cell) {
    return account -> account.change().map(cell).orElse(Cells.ABSENT);
  }
}
