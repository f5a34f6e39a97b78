package org.vcpuacct.export.snmp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitTimes;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Log2Histogram;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Scheduling;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.mib.VcpuAcctMib;
import org.vcpuacct.vm.ThreadEvidence;
import org.vcpuacct.vm.Vcpu;

class MibViewTest {

  private static final long SECOND_NS = 1_000_000_000L;

  @Test
  void aWalkAscendsAndEveryInstanceOfItCanBeGot() {
    MibView view = view(Snapshots.ofEveryTier());

    List<VariableBinding> walk = walk(view);

    assertThat(walk).hasSizeGreaterThan(500);
    assertThat(walk).extracting(VariableBinding::getOid).isSorted().doesNotHaveDuplicates();
    assertThat(walk)
        .allSatisfy(
            binding -> assertThat(view.get(binding.getOid())).contains(binding.getVariable()));
  }

  @Test
  void theNextOfAnyIdentifierIsTheFirstInstanceAfterIt() {
    MibView view = view(Snapshots.ofEveryTier());
    NavigableMap<OID, Variable> tree = new TreeMap<>();
    walk(view).forEach(binding -> tree.put(binding.getOid(), binding.getVariable()));

    for (OID instance : tree.keySet()) {
      for (OID probe : neighbours(instance)) {
        Map.Entry<OID, Variable> expected = tree.higherEntry(probe);
        assertThat(view.next(probe).map(VariableBinding::getOid).orElse(null))
            .as("next of %s", probe)
            .isEqualTo(expected == null ? null : expected.getKey());
      }
    }
  }

  @Test
  void whatIsNoInstanceCannotBeGot() {
    MibView view = view(Snapshots.ofEveryTier());

    for (VariableBinding binding : walk(view)) {
      OID instance = binding.getOid();
      assertThat(view.get(instance.trim())).isEmpty();
      assertThat(view.get(new OID(instance).append(0))).isEmpty();
    }
    assertThat(view.get(new OID("1.3"))).isEmpty();
    assertThat(view.get(new OID(VcpuAcctMib.VA_VM_INDEX + ".1"))).isEmpty();
    assertThat(view.get(new OID(VcpuAcctMib.VA_VM_NAME + ".2"))).isEmpty();
  }

  @Test
  void theTreeOfAHostWithoutVmsIsTheHostAndTheAgent() {
    MibView view = view(new Snapshots().withoutHostCpu().build());

    assertThat(walk(view))
        .isNotEmpty()
        .allSatisfy(
            binding ->
                assertThat(binding.getOid().startsWith(new OID(VcpuAcctMib.VA_AGENT))).isTrue());
  }

  @Test
  void whatATierDoesNotMeasureIsAbsentAndAZeroIsNot() {
    Reading nothingYet = Snapshots.reading(Tier.SAMPLED, 0);
    VcpuAccount sampled =
        new VcpuAccount(
            new Vcpu(0, 77, ThreadEvidence.THREAD_NAME), 30 * SECOND_NS, nothingYet, Map.of());
    MibView view = view(new Snapshots().vm(5, "idle", List.of(sampled), List.of()).build());

    assertThat(text(view, VcpuAcctMib.VA_VCPU_CPU_NS + ".5.1")).isEqualTo("0");
    assertThat(view.get(line(Line.GUEST, ".5.1"))).isPresent();
    assertThat(view.get(line(Line.EXIT, ".5.1"))).isEmpty();
    assertThat(view.get(new OID(VcpuAcctMib.VA_VCPU_EXITS + ".5.1"))).isEmpty();
    assertThat(view.get(new OID(VcpuAcctMib.VA_VM_EXITS + ".5"))).isEmpty();
    assertThat(below(view, VcpuAcctMib.VA_EXIT_ENTRY)).isEmpty();
    assertThat(below(view, VcpuAcctMib.VA_VCPU_SHARE_ENTRY)).isEmpty();
  }

  @Test
  void theCostOfExitsIsOfTheClassAndOfTheWindow() {
    MibView view = view(new Snapshots().vm(1, "vm", Tier.EXACT, 1).build());

    String npf = ".1.1." + ExitClass.NPF.number();
    assertThat(text(view, VcpuAcctMib.VA_EXIT_NS + npf)).isEqualTo("3003000");
    long wallNs = Snapshots.account(1, 0, Tier.EXACT).changes().get(Window.ONE_MINUTE).wallNs();
    assertThat(text(view, VcpuAcctMib.VA_EXIT_SHARE_1_MIN + npf))
        .isEqualTo(Long.toString(Math.round(2_000_000 * 10_000.0 / wallNs)));
    assertThat(text(view, VcpuAcctMib.VA_EXIT_P50_NS_1_MIN + npf)).isEqualTo("1024");
    assertThat(text(view, VcpuAcctMib.VA_EXIT_P99_NS_1_MIN + npf)).isEqualTo("1024");
    assertThat(text(view, VcpuAcctMib.VA_VCPU_SHARE_LATENCY_P99_NS_LAST + ".1.1"))
        .isEqualTo("8192");
  }

  @Test
  void aHistogramHasARowForEachBucketThatIsNotEmpty() {
    long[] waits = new long[Log2Histogram.BUCKETS];
    waits[0] = 5;
    waits[10] = 6;
    waits[31] = 7;
    MibView view = viewOf(detail(Log2Histogram.of(waits, 0), 0, OptionalLong.empty()));

    assertThat(below(view, VcpuAcctMib.VA_LATENCY_ENTRY))
        .extracting(VariableBinding::toString)
        .containsExactly(
            VcpuAcctMib.VA_LATENCY_COUNT + ".1.1.1 = 5",
            VcpuAcctMib.VA_LATENCY_COUNT + ".1.1.11 = 6",
            VcpuAcctMib.VA_LATENCY_COUNT + ".1.1.32 = 7");
    assertThat(below(view, VcpuAcctMib.VA_EXIT_DURATION_ENTRY)).isEmpty();
  }

  @Test
  void theDurationsOfExitsStandBelowTheirClass() {
    MibView view = view(new Snapshots().vm(1, "vm", Tier.EXACT, 1).build());

    assertThat(text(view, VcpuAcctMib.VA_EXIT_DURATION_COUNT + ".1.1.3.10")).isEqualTo("3003");
    assertThat(below(view, VcpuAcctMib.VA_EXIT_DURATION_COUNT + ".1.1.3")).hasSize(1);
    assertThat(below(view, VcpuAcctMib.VA_EXIT_DURATION_COUNT + ".1.1.17"))
        .as("no exit of arm64's")
        .isEmpty();
  }

  @Test
  void aPercentileOfNothingIsAbsentAndACountOfNothingIsNot() {
    MibView view = viewOf(detail(Log2Histogram.empty(), 0, OptionalLong.empty()));

    assertThat(text(view, VcpuAcctMib.VA_EXIT_NS + ".1.1.1")).isEqualTo("0");
    assertThat(text(view, VcpuAcctMib.VA_EXIT_SHARE_1_MIN + ".1.1.1")).isEqualTo("0");
    assertThat(view.get(new OID(VcpuAcctMib.VA_EXIT_P50_NS_1_MIN + ".1.1.1"))).isEmpty();
    assertThat(view.get(new OID(VcpuAcctMib.VA_VCPU_SHARE_LATENCY_P50_NS_1_MIN + ".1.1")))
        .isEmpty();
    assertThat(text(view, VcpuAcctMib.VA_VCPU_PCPU_MIGRATIONS + ".1.1")).isEqualTo("0");
    assertThat(view.get(new OID(VcpuAcctMib.VA_VCPU_LAST_OTHER_EXIT_CODE + ".1.1"))).isEmpty();
  }

  @Test
  void aLatencyOfMoreThan32BitsStandsAtTheGaugesEnd() {
    MibView view = viewOf(detail(Log2Histogram.empty(), 5 * SECOND_NS, OptionalLong.empty()));

    assertThat(text(view, VcpuAcctMib.VA_VCPU_MAX_LATENCY_NS + ".1.1")).isEqualTo("4294967295");
  }

  @Test
  void aRawCodeIsShownWithoutASign() {
    MibView view = viewOf(detail(Log2Histogram.empty(), 0, OptionalLong.of(-1)));

    assertThat(text(view, VcpuAcctMib.VA_VCPU_LAST_OTHER_EXIT_CODE + ".1.1"))
        .isEqualTo("4294967295");
  }

  @Test
  void aVmShowsTheSumsAndTheWorstTierOfItsVcpus() {
    List<VcpuAccount> accounts =
        List.of(Snapshots.account(7, 0, Tier.EXACT), Snapshots.account(7, 1, Tier.COUNTED));
    MibView view = view(new Snapshots().vm(7, "mixed", accounts, List.of()).build());

    long cpuNs = accounts.stream().mapToLong(account -> account.reading().cpuNs()).sum();
    assertThat(text(view, VcpuAcctMib.VA_VM_CPU_NS + ".7")).isEqualTo(Long.toString(cpuNs));
    assertThat(text(view, VcpuAcctMib.VA_VM_TIER + ".7")).isEqualTo("2");
    long exits =
        accounts.stream()
            .mapToLong(account -> account.reading().exits().orElseThrow().total())
            .sum();
    assertThat(text(view, VcpuAcctMib.VA_VM_EXITS + ".7")).isEqualTo(Long.toString(exits));
  }

  @Test
  void theExitsOfAVmAreAbsentWhileAVcpuIsMissing() {
    List<VcpuAccount> accounts = List.of(Snapshots.account(7, 0, Tier.EXACT));
    MibView view = view(new Snapshots().vm(7, "half", accounts, List.of(1)).build());

    assertThat(view.get(new OID(VcpuAcctMib.VA_VM_EXITS + ".7"))).isEmpty();
    assertThat(text(view, VcpuAcctMib.VA_VM_VCPUS + ".7")).isEqualTo("2");
    assertThat(text(view, VcpuAcctMib.VA_VM_VCPUS_WITHOUT_THREAD + ".7")).isEqualTo("1");
  }

  @Test
  void aCellThatCannotBeMadeDoesNotHideTheOthers() {
    Table<?> broken =
        Table.scalarsOf("1.3.1")
            .column("1.3.1.1", snapshot -> Variables.integer(1))
            .column("1.3.1.2", snapshot -> Variables.integer(OptionalInt.empty().getAsInt()))
            .column("1.3.1.3", snapshot -> Variables.integer(3))
            .build();
    MibView view = new MibView(List.of(broken), Snapshots.ofEveryTier());

    assertThat(view.get(new OID("1.3.1.2.0"))).isEmpty();
    assertThat(walk(view))
        .extracting(VariableBinding::toString)
        .containsExactly("1.3.1.1.0 = 1", "1.3.1.3.0 = 3");
  }

  @Test
  void timeStampsCountFromTheBeginningOfUptime() {
    MibTables tables =
        new MibTables("1.0", 10 * SECOND_NS, 25 * SECOND_NS, () -> AlarmList.empty(0));
    MibView view = tables.view(new Snapshots().vm(1, "vm", Tier.EXACT, 1).build());

    assertThat(view.get(new OID(VcpuAcctMib.VA_AGENT_DISCONTINUITY_TIME + ".0")).orElseThrow())
        .as("before sysUpTime began")
        .hasToString("0:00:00.00");
    assertThat(view.get(new OID(VcpuAcctMib.VA_AGENT_SNAPSHOT_TIME + ".0")).orElseThrow())
        .hasToString("0:01:15.00");
    assertThat(view.get(new OID(VcpuAcctMib.VA_VCPU_DISCONTINUITY_TIME + ".1.1")).orElseThrow())
        .hasToString("0:00:05.00");
    assertThat(view.get(new OID(VcpuAcctMib.VA_VM_DISCONTINUITY_TIME + ".1")).orElseThrow())
        .as("the account was opened after the VM was seen")
        .hasToString("0:00:05.00");
  }

  @Test
  void aLongNameIsCutOffAfterAWholeCharacter() {
    MibView view = view(new Snapshots().vm(1, "é".repeat(200), Tier.SAMPLED, 1).build());

    OctetString name = (OctetString) view.get(new OID(VcpuAcctMib.VA_VM_NAME + ".1")).orElseThrow();

    assertThat(name.length()).isEqualTo(254);
    assertThat(new String(name.getValue(), UTF_8)).isEqualTo("é".repeat(127));
  }

  @Test
  void aCounterOf32BitsWraps() {
    MibView view = view(new Snapshots().build());

    assertThat(text(view, VcpuAcctMib.SYSTEM_STATS + ".60.0"))
        .isEqualTo(Long.toString(Snapshots.HOST_CPU.contextSwitches() - (1L << 32)));
  }

  private static MibView view(Snapshot snapshot) {
    return new MibTables("1.0", 0, 0, () -> AlarmList.empty(0)).view(snapshot);
  }

  /** A vCPU of the tier exact that has this detail, and had none a minute before. */
  private static MibView viewOf(ExactDetail detail) {
    VcpuAccount seeded = Snapshots.account(1, 0, Tier.EXACT);
    Reading earlier =
        with(
            Snapshots.reading(Tier.EXACT, 0),
            detail(Log2Histogram.empty(), 0, OptionalLong.empty()));
    Reading later = with(seeded.reading(), detail);
    VcpuAccount account =
        new VcpuAccount(
            seeded.vcpu(), 0, later, Map.of(Window.ONE_MINUTE, new Change(earlier, later)));
    return view(new Snapshots().vm(1, "vm", List.of(account), List.of()).build());
  }

  private static Reading with(Reading reading, ExactDetail detail) {
    return new Reading(
        reading.cpuNs(),
        reading.waitNs(),
        reading.lastPcpu(),
        reading.lines(),
        reading.exits(),
        Optional.of(detail));
  }

  /** The detail of a vCPU without exits. */
  private static ExactDetail detail(
      Log2Histogram latency, long maxLatencyNs, OptionalLong lastOtherCode) {
    int classes = ExitClass.values().length;
    return new ExactDetail(
        new ExitTimes(new long[classes], Collections.nCopies(classes, Log2Histogram.empty())),
        new Scheduling(latency, maxLatencyNs, 0, 0, OptionalInt.of(0)),
        0,
        0,
        0,
        0,
        lastOtherCode);
  }

  private static List<VariableBinding> walk(MibView view) {
    List<VariableBinding> walk = new ArrayList<>();
    var next = view.next(new OID("1.3"));
    while (next.isPresent()) {
      walk.add(next.get());
      next = view.next(next.get().getOid());
    }
    return walk;
  }

  private static List<VariableBinding> below(MibView view, String subtree) {
    return walk(view).stream()
        .filter(binding -> binding.getOid().startsWith(new OID(subtree)))
        .toList();
  }

  /** Identifiers around an instance: its prefixes, its children, and its siblings. */
  private static List<OID> neighbours(OID instance) {
    List<OID> neighbours = new ArrayList<>(List.of(instance));
    for (int length = 1; length < instance.size(); length++) {
      OID prefix = new OID(instance.getValue(), 0, length);
      neighbours.add(prefix);
      neighbours.add(new OID(prefix).append(0));
      neighbours.add(new OID(prefix).append(0xFFFF_FFFF));
    }
    neighbours.add(new OID(instance).append(0));
    return neighbours;
  }

  private static OID line(Line line, String index) {
    int column = VcpuAcctMib.VA_VCPU_LINE_BASE + line.number();
    return new OID(VcpuAcctMib.VA_VCPU_ENTRY + "." + column + index);
  }

  private static String text(MibView view, String instance) {
    return view.get(new OID(instance)).orElseThrow().toString();
  }
}
