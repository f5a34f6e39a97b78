package org.vcpuacct.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vcpuacct.alarm.Host.ne;
import static org.vcpuacct.alarm.Host.storming;
import static org.vcpuacct.alarm.Host.vcpu;
import static org.vcpuacct.alarm.Host.vm;
import static org.vcpuacct.alarm.Host.woken;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.vcpuacct.guest.GuestState;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.Log2Histogram;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ne.GuestComparison;

/** What each condition finds in a snapshot. */
class MeasuresTest {

  private static final Subject EPC = Subject.of(new Subject.Ne(1, "epc"));
  private static final Subject MME = EPC.of(new Subject.Vm(4, "mme"));
  private static final Duration FORGET_AFTER = Duration.ofSeconds(60);

  private final Host host = new Host();

  /** All figures of a step; one that is not known is "unknown". */
  private static Map<Subject, String> figures(Measure measure, Snapshot snapshot) {
    Map<Subject, String> told = new LinkedHashMap<>();
    measure.observe(
        Observation.of(snapshot),
        new Figures() {
          @Override
          public boolean needs(long figure) {
            return true;
          }

          @Override
          public void known(Subject subject, long figure) {
            assertThat(told.put(subject, Long.toString(figure))).isNull();
          }

          @Override
          public void atLeast(Subject subject, long figure) {
            assertThat(told.put(subject, "at least " + figure)).isNull();
          }

          @Override
          public void unknown(Subject subject) {
            assertThat(told.put(subject, "unknown")).isNull();
          }
        });
    return told;
  }

  private static Measure measure(Condition condition) {
    return Measures.of(condition, FORGET_AFTER, List.of());
  }

  private Map<Subject, String> figures(Condition condition, NeAccount... elements) {
    return figures(measure(condition), host.after(1, elements));
  }

  @Test
  void theLoadOfANetworkElementIsOfAllItsVcpus() {
    NeAccount epc = ne(1, "epc", vm(4, "mme", vcpu(0, 60, 20, 10), vcpu(1, 0, 0, 30)));

    assertThat(figures(Condition.EFFECTIVE_LOAD, epc)).isEqualTo(Map.of(EPC, "6000"));
    assertThat(figures(Condition.OVERHEAD, epc)).isEqualTo(Map.of(EPC, "1000"));
    assertThat(figures(Condition.CONTENTION, epc)).isEqualTo(Map.of(EPC, "2000"));
    assertThat(figures(Condition.VCPU_CONTENTION, epc))
        .isEqualTo(Map.of(MME.ofVcpu(0), "1000", MME.ofVcpu(1), "3000"));
  }

  @Test
  void aPartOfTheVcpusDoesNotPassForTheWhole() {
    NeAccount epc = ne(1, "epc", vm(4, "mme", vcpu(0, 60, 20, 10), Host.unknown(1)));

    assertThat(figures(Condition.EFFECTIVE_LOAD, epc)).isEqualTo(Map.of(EPC, "unknown"));
    assertThat(figures(Condition.VCPU_CONTENTION, epc))
        .isEqualTo(Map.of(MME.ofVcpu(0), "1000", MME.ofVcpu(1), "unknown"));
  }

  @Test
  void aNetworkElementWithoutVmsHasNoLoad() {
    assertThat(figures(Condition.EFFECTIVE_LOAD, ne(1, "epc"))).isEmpty();
    assertThat(figures(Condition.GUEST_DISAGREES, ne(1, "epc"))).isEmpty();
    assertThat(figures(Condition.NE_WITHOUT_VMS, ne(1, "epc"), ne(2, "ims", vm(4, "mme"))))
        .isEqualTo(Map.of(EPC, "1", Subject.of(new Subject.Ne(2, "ims")), "0"));
  }

  @Test
  void exitsAreOfOneClass() {
    NeAccount epc = ne(1, "epc", vm(4, "mme", storming(0, ExitClass.IO, 70_000)));

    assertThat(figures(Condition.EXIT_STORM, epc))
        .hasSize(ExitClass.values().length)
        .containsEntry(MME.ofVcpu(0).of(ExitClass.IO), "70000")
        .containsEntry(MME.ofVcpu(0).of(ExitClass.MMIO), "0");
  }

  @Test
  void exitsThatAreNotCountedAreUnknown() {
    assertThat(figures(Condition.EXIT_STORM, ne(1, "epc", vm(4, "mme", Host.unknown(0)))).values())
        .hasSize(ExitClass.values().length)
        .containsOnly("unknown");
  }

  @Test
  void schedulingLatencyIsTheUpperEndOfABucket() {
    Log2Histogram latency = Snapshots.histogram(23, 100);

    assertThat(figures(Condition.SCHEDULING_LATENCY, ne(1, "epc", vm(4, "mme", woken(0, latency)))))
        .isEqualTo(Map.of(MME.ofVcpu(0), "16777"));
  }

  @Test
  void aVcpuThatWasNotWokenWasNotLateAndOneThatIsNotMeasuredIsUnknown() {
    NeAccount epc = ne(1, "epc", vm(4, "mme", woken(0, Log2Histogram.empty()), Host.unknown(1)));

    assertThat(figures(Condition.SCHEDULING_LATENCY, epc))
        .isEqualTo(Map.of(MME.ofVcpu(0), "0", MME.ofVcpu(1), "unknown"));
  }

  @Test
  void guestsThatCanBeComparedDisagreeByWhatIsHidden() {
    Snapshot compared = new Snapshots().vm(1, "exact", Tier.EXACT, 2).build();
    int hidden = GuestComparison.of(compared.nes().get(0)).orElseThrow().hiddenShare();

    assertThat(figures(measure(Condition.GUEST_DISAGREES), compared).values())
        .containsExactly(Integer.toString(hidden));
    assertThat(figures(Condition.GUEST_DISAGREES, ne(1, "epc", vm(4, "mme", vcpu(0, 1, 1, 1)))))
        .isEqualTo(Map.of(EPC, "unknown"));
  }

  @Test
  void aGuestIsSilentSinceItsLastReport() {
    NeAccount epc = ne(1, "epc", vm(4, "mme", GuestState.NOT_ANSWERING, OptionalLong.of(75)));

    assertThat(figures(Condition.GUEST_SILENT, epc)).isEqualTo(Map.of(MME, "75"));
  }

  @Test
  void aGuestThatNeverToldHasBeenSilentForAtLeastAsLongAsItIsKnown() {
    NeAccount silent = ne(1, "epc", vm(4, "mme", GuestState.REFUSED, OptionalLong.empty()));
    NeAccount asked = ne(1, "epc", vm(4, "mme", GuestState.STALE, OptionalLong.empty()));
    NeAccount other = ne(1, "epc", vm(4, "mme", GuestState.NOT_CONFIGURED, OptionalLong.empty()));

    assertThat(figures(Condition.GUEST_SILENT, silent)).isEqualTo(Map.of(MME, "at least 101"));
    assertThat(figures(Condition.GUEST_SILENT, asked)).isEqualTo(Map.of(MME, "unknown"));
    assertThat(figures(Condition.GUEST_SILENT, other)).isEmpty();
  }

  @Test
  void aVmIsGoneUntilItIsBack() {
    Measure gone = measure(Condition.VM_GONE);
    NeAccount epc = ne(1, "epc", vm(4, "mme"));

    assertThat(figures(gone, host.after(1, epc))).isEqualTo(Map.of(MME, "0"));
    assertThat(figures(gone, host.after(1))).isEqualTo(Map.of(MME, "1"));
    assertThat(figures(gone, host.after(60, ne(1, "epc")))).isEqualTo(Map.of(MME, "1"));
    assertThat(figures(gone, host.after(1, epc))).isEqualTo(Map.of(MME, "0"));
  }

  @Test
  void aVmThatIsGoneForTooLongIsForgotten() {
    Measure gone = measure(Condition.VM_GONE);

    figures(gone, host.after(1, ne(1, "epc", vm(4, "mme"))));
    figures(gone, host.after(1));
    assertThat(figures(gone, host.after(60))).isNotEmpty();
    assertThat(figures(gone, host.after(1))).isEmpty();
  }

  @Test
  void aVmThatNothingWouldTellToBeBackIsNotMissed() {
    Measure gone = measure(Condition.VM_GONE);

    assertThat(figures(gone, host.after(1, ne(1, "epc", Host.vmWithoutName(1 << 30))))).isEmpty();
    assertThat(figures(gone, host.after(1))).isEmpty();
  }

  @Test
  void aVmThatWasMissedBeforeIsStillMissed() {
    Measure gone = Measures.of(Condition.VM_GONE, FORGET_AFTER, List.of(MME));

    assertThat(figures(gone, host.after(1))).isEqualTo(Map.of(MME, "1"));
    assertThat(figures(gone, host.after(61))).isEmpty();
  }

  @Test
  void theTierIsLoweredAgainstTheBestOne() {
    Measure lowered = measure(Condition.TIER_LOWERED);

    assertThat(figures(lowered, host.measuredWith(Tier.COUNTED).after(1)))
        .isEqualTo(Map.of(Subject.HOST, "0"));
    assertThat(figures(lowered, host.measuredWith(Tier.SAMPLED).after(1)))
        .isEqualTo(Map.of(Subject.HOST, "1"));
    assertThat(figures(lowered, host.measuredWith(Tier.COUNTED).after(1)))
        .isEqualTo(Map.of(Subject.HOST, "0"));
  }

  @Test
  void theAgentIsAsLateAsItsStepBegan() {
    assertThat(figures(measure(Condition.AGENT_LATE), host.late(1_234).after(1)))
        .isEqualTo(Map.of(Subject.HOST, "1234"));
  }
}
