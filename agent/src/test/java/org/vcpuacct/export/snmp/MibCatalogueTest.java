package org.vcpuacct.export.snmp;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snmp4j.smi.OID;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.alarm.Condition;
import org.vcpuacct.alarm.Severity;
import org.vcpuacct.guest.GuestState;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.KvmStat;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Log2Histogram;
import org.vcpuacct.ledger.OverloadLevel;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.mib.MibObject;
import org.vcpuacct.mib.MibText;
import org.vcpuacct.mib.VcpuAcctMib;
import org.vcpuacct.vm.ThreadEvidence;
import org.vcpuacct.vm.ThreadKind;
import org.vcpuacct.vm.Vmm;

/** The MIB's text and the catalogues say the same. */
class MibCatalogueTest {

  private static final MibText MIB = MibText.read();

  @ParameterizedTest
  @EnumSource
  void theMibHasTheColumnsOfALine(Line line) {
    String name = pascal(line.label());

    assertLine(
        line, "vaVcpuLine" + name + "Ns", VcpuAcctMib.VA_VCPU_ENTRY, VcpuAcctMib.VA_VCPU_LINE_BASE);
    assertLine(
        line,
        "vaVcpuShareLine" + name + "Last",
        VcpuAcctMib.VA_VCPU_SHARE_ENTRY,
        VcpuAcctMib.VA_VCPU_SHARE_LINE_LAST_BASE);
    assertLine(
        line,
        "vaVcpuShareLine" + name + "1Min",
        VcpuAcctMib.VA_VCPU_SHARE_ENTRY,
        VcpuAcctMib.VA_VCPU_SHARE_LINE_1_MIN_BASE);
    assertLine(
        line,
        "vaVcpuShareLine" + name + "5Min",
        VcpuAcctMib.VA_VCPU_SHARE_ENTRY,
        VcpuAcctMib.VA_VCPU_SHARE_LINE_5_MIN_BASE);
  }

  @ParameterizedTest
  @EnumSource
  void theMibHasTheColumnOfAKvmStatistic(KvmStat stat) {
    MibObject column = MIB.object("vaVmKvm" + pascal(stat.kernelName()));

    assertThat(column.oid())
        .isEqualTo(VcpuAcctMib.VA_VM_ENTRY + "." + (VcpuAcctMib.VA_VM_KVM_BASE + stat.number()));
    assertThat(column.description()).contains("statistic " + stat.kernelName() + ",");
    assertThat(column.units())
        .isEqualTo(stat.kernelName().endsWith("_ns") ? "nanoseconds" : "exits");
  }

  @Test
  void theMibNumbersTheExitClasses() {
    assertThat(MIB.convention("VcpuAcctExitClass"))
        .isEqualTo(numbered(ExitClass.values(), value -> camel(value.label()), ExitClass::number));
  }

  @ParameterizedTest
  @EnumSource
  void theMibExplainsAnExitClass(ExitClass exitClass) {
    assertThat(MIB.conventionDescription("VcpuAcctExitClass"))
        .contains(
            "%s(%d): %s."
                .formatted(camel(exitClass.label()), exitClass.number(), exitClass.help()));
  }

  @Test
  void theMibNumbersTheTiers() {
    assertThat(MIB.convention("VcpuAcctTier"))
        .isEqualTo(numbered(Tier.values(), Tier::label, Tier::number));
  }

  @Test
  void theMibNumbersTheVmms() {
    assertThat(MIB.object("vaVmVmm").enumeration())
        .isEqualTo(numbered(Vmm.values(), MibCatalogueTest::camel, VmTable::number));
  }

  @Test
  void theMibNumbersTheStatesOfGuests() {
    assertThat(MIB.convention("VcpuAcctGuestState"))
        .isEqualTo(
            numbered(
                GuestState.values(),
                state -> camel(state.label().replace(' ', '-')),
                GuestState::snmpNumber));
  }

  @Test
  void theMibNumbersTheCauses() {
    assertThat(MIB.convention("VcpuAcctCause"))
        .isEqualTo(numbered(Cause.values(), Cause::label, Cause::number));
  }

  @Test
  void theMibNumbersTheLevelsOfOverload() {
    assertThat(MIB.convention("VcpuAcctOverloadLevel"))
        .isEqualTo(numbered(OverloadLevel.values(), OverloadLevel::label, OverloadLevel::number));
  }

  @Test
  void theMibNumbersTheConditionsOfAlarms() {
    assertThat(MIB.convention("VcpuAcctCondition"))
        .isEqualTo(numbered(Condition.values(), value -> camel(value.label()), Condition::number));
  }

  @Test
  void theMibNumbersTheSeverities() {
    assertThat(MIB.convention("VcpuAcctSeverity"))
        .isEqualTo(numbered(Severity.values(), Severity::label, Severity::number));
  }

  @ParameterizedTest
  @EnumSource
  void theMibHasAPairOfNotificationsForACondition(Condition condition) {
    MibObject raised = MIB.object("va" + pascal(condition.label()) + "Raised");
    MibObject cleared = MIB.object("va" + pascal(condition.label()) + "Cleared");

    assertThat(raised.oid()).isEqualTo(VcpuAcctMib.raised(condition.number()));
    assertThat(cleared.oid()).isEqualTo(VcpuAcctMib.cleared(condition.number()));
    assertThat(raised.objects())
        .isEqualTo(cleared.objects())
        .contains("vaAlarmSequence", "vaAlarmValue", "vaAlarmThreshold")
        .filteredOn(RaisedAlarms.OBJECTS_OF_SUBJECTS::contains)
        .isEqualTo(RaisedAlarms.objectsOf(condition.scope()));
  }

  @Test
  void theMibNumbersTheKindsOfThreads() {
    assertThat(MIB.object("vaThreadKind").enumeration())
        .isEqualTo(numbered(ThreadKind.values(), kind -> camel(kind.label()), ThreadKind::number));
  }

  @Test
  void theMibNumbersTheKindsOfEvidence() {
    assertThat(MIB.object("vaVcpuThreadEvidence").enumeration())
        .isEqualTo(numbered(ThreadEvidence.values(), MibCatalogueTest::camel, VcpuTable::number));
  }

  @Test
  void everyReadableObjectOfTheMibIsServedAndNothingElse() {
    Set<String> readable =
        MIB.objects().values().stream()
            .filter(MibObject::readable)
            .map(MibObject::oid)
            .collect(Collectors.toSet());
    Set<String> served =
        new MibTables("1.0", 0, 0, MibCatalogueTest::alarms)
            .tables().stream()
                .filter(table -> !table.entry().toDottedString().equals(VcpuAcctMib.SYSTEM_STATS))
                .flatMap(MibCatalogueTest::columns)
                .collect(Collectors.toSet());

    assertThat(served).isEqualTo(readable);
  }

  @ParameterizedTest
  @EnumSource
  void anObjectIsServedInTheTiersThatItsDescriptionNamesAndElseInAll(Tier tier) {
    MibView view =
        new MibTables("1.0", 0, 0, MibCatalogueTest::alarms)
            .view(new Snapshots().vm(1, "vm", tier, 1).limit("a", "b", "c").build());

    assertThat(MIB.objects().values())
        .filteredOn(MibObject::readable)
        .allSatisfy(
            object ->
                assertThat(isServed(view, object))
                    .as("%s in tier %s", object.name(), tier)
                    .isEqualTo(namedTiers(object).contains(tier.label())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vaExitDurationBucket", "vaLatencyBucket"})
  void theMibNumbersTheBucketsOfAHistogram(String index) {
    assertThat(MIB.object(index).range())
        .isEqualTo(
            HistogramTables.number(0) + ".." + HistogramTables.number(Log2Histogram.BUCKETS - 1));
    assertThat(MIB.conventionDescription("VcpuAcctLog2Bucket"))
        .contains("the last all from 2^%d ns".formatted(Log2Histogram.BUCKETS - 1));
  }

  /** One alarm, of a condition that all columns are of. */
  private static AlarmList alarms() {
    return AlarmList.empty(0).after(List.of(RaisedAlarms.exitStorm(7)));
  }

  private static boolean isServed(MibView view, MibObject object) {
    OID oid = new OID(object.oid());
    return view.next(oid).filter(next -> next.getOid().startsWith(oid)).isPresent();
  }

  /** The labels at the end of a description; those of all tiers if it names none. */
  private static List<String> namedTiers(MibObject object) {
    String[] parts = object.description().split("Tiers: ", -1);
    return parts.length == 1
        ? Arrays.stream(Tier.values()).map(Tier::label).toList()
        : Arrays.asList(parts[1].replace(".", "").split(", ", -1));
  }

  private static void assertLine(Line line, String name, String entry, int base) {
    MibObject column = MIB.object(name);
    assertThat(column.oid()).isEqualTo(entry + "." + (base + line.number()));
    assertThat(column.description())
        .contains("the line " + line.label() + ": " + line.help() + ".")
        .endsWith("Tiers: " + tiers(line) + ".");
  }

  private static String tiers(Line line) {
    return line.tiers().stream().map(Tier::label).collect(joining(", "));
  }

  private static Stream<String> columns(Table<?> table) {
    return table.columns().stream()
        .map(column -> table.entry().toDottedString() + "." + column.number());
  }

  private static <E> Map<String, Integer> numbered(
      E[] values, Function<E, String> label, ToIntFunction<E> number) {
    return Arrays.stream(values).collect(toMap(label, number::applyAsInt));
  }

  /** The descriptor's part for a label: {@code wait-preempted} is {@code WaitPreempted}. */
  private static String pascal(String label) {
    return Arrays.stream(label.split("[-_]", -1))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(joining());
  }

  private static String camel(String label) {
    return label.substring(0, 1) + pascal(label).substring(1);
  }

  private static String camel(Enum<?> constant) {
    return camel(constant.name().toLowerCase(Locale.ROOT));
  }
}
