package org.vcpuacct.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.vcpuacct.it.LedgerFigures.Line;

/** What a manager reads from the daemon's rows. */
final class Manager {

  private static final String MODULE = "VCPU-ACCT-MIB::";
  private static final Duration STEP_LIMIT = Duration.ofMinutes(1);

  private final SnmpTools snmp;

  Manager(SnmpTools snmp) {
    this.snmp = snmp;
  }

  /** How many steps the daemon has taken. */
  long steps() {
    return snmp.get(MODULE + "vaAgentSteps.0").asLong();
  }

  /** The step that the figures are of, and what it says of the first vCPU of a VM. */
  StepFigures step(int vm) {
    List<Varbind> values =
        snmp.get(
            List.of(
                MODULE + "vaAgentSteps.0",
                MODULE + "vaAgentSnapshotTime.0",
                MODULE + "vaAgentStepLatenessMicroseconds.0",
                MODULE + "vaVcpuWallNs." + vcpuIndex(vm, 0)));
    return new StepFigures(
        values.get(0).asLong(),
        Duration.ofMillis(10 * values.get(1).asLong()),
        Duration.ofNanos(1_000 * values.get(2).asLong()),
        Duration.ofNanos(values.get(3).asLong()));
  }

  /** Waits until the daemon has taken this many steps since it was started. */
  void awaitStep(long number) {
    Await.until("step " + number, STEP_LIMIT, () -> steps() >= number);
  }

  /**
   * Waits until the figures are younger than this call. The step under way may have begun before
   * it, so it takes two.
   */
  void awaitNewFigures() {
    awaitStep(steps() + 2);
  }

  /** The index of each VM by its name; of several with one name, the lowest. */
  Map<String, Integer> vms() {
    return snmp.walk(MODULE + "vaVmName").stream()
        .collect(
            Collectors.toMap(
                Varbind::asText, Varbind::lastIndex, Math::min, () -> new TreeMap<>()));
  }

  /** The index of a VM. */
  int vm(String name) {
    return Optional.ofNullable(vms().get(name))
        .orElseThrow(() -> new AssertionError("no row of a VM " + name + ": " + vms()));
  }

  /**
   * Waits until there is a row of a VM, or none.
   *
   * @return how many steps the daemon had taken since this call, when the rows were last seen not
   *     to be so; 0 if they never were
   */
  long awaitRow(String vmName, boolean wanted) {
    long firstStep = steps();
    AtomicLong stepsWithout = new AtomicLong();
    Await.until(
        (wanted ? "row of " : "end of the row of ") + vmName,
        STEP_LIMIT,
        () -> {
          long step = steps();
          boolean asWanted = vms().containsKey(vmName) == wanted;
          if (!asWanted) {
            stepsWithout.set(step - firstStep);
          }
          return asWanted;
        });
    return stepsWithout.get();
  }

  /** A column of vaVmTable. */
  Varbind vmColumn(String column, int vm) {
    return snmp.get(MODULE + column + "." + vm);
  }

  /** A column of vaVcpuTable or vaVcpuShareTable. */
  Varbind vcpuColumn(String column, int vm, int vcpu) {
    return snmp.get(MODULE + column + "." + vcpuIndex(vm, vcpu));
  }

  /** The index of a network element. */
  int ne(String name) {
    return snmp.walk(MODULE + "vaNeName").stream()
        .filter(row -> row.asText().equals(name))
        .mapToInt(Varbind::lastIndex)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row of a network element " + name));
  }

  /** A column of vaNeTable. */
  Varbind neColumn(String column, int ne) {
    return snmp.get(MODULE + column + "." + ne);
  }

  /** The row of a network element for the last interval, all of one instant. */
  NeFigures neFigures(int ne) {
    List<Varbind> values =
        snmp.get(NeFigures.COLUMNS.stream().map(column -> MODULE + column + "." + ne).toList());
    return NeFigures.of(values);
  }

  /** A column of vaThreadTable. */
  Varbind threadColumn(String column, int vm, int threadId) {
    return snmp.get(MODULE + column + "." + vm + "." + threadId);
  }

  /** The thread of each vCPU of a VM. */
  Map<Integer, Integer> threads(int vm) {
    Map<Integer, Integer> threads = new TreeMap<>();
    for (Varbind thread : snmp.walk(MODULE + "vaVcpuThreadId." + vm)) {
      threads.put(thread.lastIndex() - 1, (int) thread.asLong());
    }
    return threads;
  }

  /** The figures of a vCPU, all of one instant. */
  VcpuFigures vcpu(int vm, int vcpu) {
    String index = vcpuIndex(vm, vcpu);
    List<Varbind> values =
        snmp.get(
            List.of(
                MODULE + "vaVcpuWallNs." + index,
                MODULE + "vaVcpuCpuNs." + index,
                MODULE + "vaVcpuWaitNs." + index));
    return new VcpuFigures(values.get(0).asLong(), values.get(1).asLong(), values.get(2).asLong());
  }

  /** The ledger of a vCPU, all of one instant. */
  LedgerFigures ledger(int vm, int vcpu) {
    String index = vcpuIndex(vm, vcpu);
    List<String> names = new ArrayList<>(List.of(MODULE + "vaVcpuWallNs." + index));
    for (Line line : Line.values()) {
      names.add(MODULE + line.column() + "." + index);
    }
    List<Varbind> values = snmp.get(names);
    Map<Line, Long> lines = new EnumMap<>(Line.class);
    for (Line line : Line.values()) {
      lines.put(line, values.get(line.ordinal() + 1).asLong());
    }
    return new LedgerFigures(values.get(0).asLong(), lines);
  }

  /** The exits of a vCPU in total and by the name of their class, all of one instant. */
  ExitFigures exits(int vm, int vcpu) {
    String index = vcpuIndex(vm, vcpu);
    List<Varbind> classes = snmp.walk(MODULE + "vaExitName." + index);
    List<String> names = new ArrayList<>(List.of(MODULE + "vaVcpuExits." + index));
    classes.forEach(c -> names.add(MODULE + "vaExitCount." + index + "." + c.lastIndex()));
    List<Varbind> counts = snmp.get(names);
    Map<String, Long> byClass = new LinkedHashMap<>();
    for (int i = 0; i < classes.size(); i++) {
      byClass.put(classes.get(i).asText(), counts.get(i + 1).asLong());
    }
    return new ExitFigures(counts.get(0).asLong(), byClass);
  }

  /** vaLimitTable, a line each: what, consequence and mend. */
  List<List<String>> limits() {
    return snmp.walk(MODULE + "vaLimitWhat").stream()
        .map(
            what ->
                List.of(
                    what.asText(),
                    snmp.get(MODULE + "vaLimitConsequence." + what.lastIndex()).asText(),
                    snmp.get(MODULE + "vaLimitMend." + what.lastIndex()).asText()))
        .toList();
  }

  /** The alarms, by ascending number. */
  List<AlarmFigures> alarms() {
    return snmp.walk(MODULE + "vaAlarmState").stream()
        .map(
            row ->
                snmp.get(
                    AlarmFigures.COLUMNS.stream()
                        .map(column -> MODULE + column + "." + row.lastIndex())
                        .toList()))
        .map(AlarmFigures::of)
        .toList();
  }

  /** vaVmIndex and vaVcpuIndex, which counts from 1. */
  private static String vcpuIndex(int vm, int vcpu) {
    return vm + "." + (vcpu + 1);
  }
}
