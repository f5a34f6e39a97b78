package org.vcpuacct.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vcpuacct.alarm.Host.ne;
import static org.vcpuacct.alarm.Host.storming;
import static org.vcpuacct.alarm.Host.vcpu;
import static org.vcpuacct.alarm.Host.vm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.guest.GuestState;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ne.NamePattern;

class AlarmMonitorTest {

  private static final int MAX_PER_MINUTE = 6;
  private static final Subject EPC = Subject.of(new Subject.Ne(1, "epc"));

  private final Host host = new Host();

  /** Thresholds 90 % and 80 %, held for 3 s and 5 s. */
  private AlarmMonitor monitor = monitor(settings(Condition.EFFECTIVE_LOAD, policy(3, 5)));

  private static AlarmPolicy policy(int raiseHoldSeconds, int clearHoldSeconds) {
    return new AlarmPolicy(
        true,
        Severity.MAJOR,
        9_000,
        8_000,
        Duration.ofSeconds(raiseHoldSeconds),
        Duration.ofSeconds(clearHoldSeconds));
  }

  /** Settings by which no other condition raises an alarm. */
  private static AlarmSettings settings(Condition condition, AlarmPolicy policy) {
    Map<Condition, AlarmPolicy> policies = new EnumMap<>(Condition.class);
    for (Condition other : Condition.values()) {
      AlarmPolicy off = AlarmPolicy.defaultOf(other);
      policies.put(
          other,
          new AlarmPolicy(
              false, off.severity(), off.raise(), off.clear(), off.raiseHold(), off.clearHold()));
    }
    policies.put(condition, policy);
    return new AlarmSettings(policies, List.of(), MAX_PER_MINUTE, Duration.ofSeconds(60), 100);
  }

  private static AlarmMonitor monitor(AlarmSettings settings) {
    return new AlarmMonitor(settings, List.of(), 0);
  }

  private static NeAccount epc(int load) {
    return ne(1, "epc", vm(4, "mme", vcpu(0, load - load / 4, load / 4, 0)));
  }

  private List<Notification> load(int percent) {
    return monitor.step(host.after(1, epc(percent)));
  }

  private Notification raise() {
    monitor = monitor(settings(Condition.EFFECTIVE_LOAD, policy(0, 5)));
    return load(96).get(0);
  }

  @Test
  void anAlarmIsRaisedWhenTheThresholdWasReachedForTheHoldTime() {
    assertThat(load(90)).isEmpty();
    assertThat(load(90)).isEmpty();
    assertThat(load(90)).isEmpty();
    assertThat(load(90))
        .singleElement()
        .satisfies(
            raised -> {
              assertThat(raised.raised()).isTrue();
              assertThat(raised.sequence()).isEqualTo(1);
              assertThat(raised.alarm()).isEqualTo(1);
              assertThat(raised.subject()).isEqualTo(EPC);
              assertThat(raised.severity()).isEqualTo(Severity.MAJOR);
              assertThat(raised.value()).isEqualTo(9_000);
              assertThat(raised.threshold()).isEqualTo(9_000);
              assertThat(raised.cause()).contains(Cause.DEMAND);
              assertThat(raised.heldBack()).isZero();
            });
    assertThat(load(100)).isEmpty();
  }

  @Test
  void aFigureBelowTheThresholdBeginsTheHoldTimeAnew() {
    for (int i = 0; i < 10; i++) {
      assertThat(load(95)).isEmpty();
      assertThat(load(95)).isEmpty();
      assertThat(load(89)).isEmpty();
    }
  }

  @Test
  void anAlarmIsClearedWhenTheFigureWasBelowTheLowerThresholdForItsHoldTime() {
    Notification raised = raise();
    for (int i = 0; i < 10; i++) {
      assertThat(load(80)).isEmpty();
    }
    for (int i = 0; i < 5; i++) {
      assertThat(load(79)).isEmpty();
    }
    assertThat(load(79))
        .singleElement()
        .satisfies(
            cleared -> {
              assertThat(cleared.raised()).isFalse();
              assertThat(cleared.sequence()).isEqualTo(raised.sequence() + 1);
              assertThat(cleared.alarm()).isEqualTo(raised.alarm());
              assertThat(cleared.subject()).isEqualTo(raised.subject());
              assertThat(cleared.value()).isEqualTo(7_900);
              assertThat(cleared.threshold()).isEqualTo(8_000);
            });
  }

  @Test
  void aFigureThatIsNotKnownNeitherRaisesNorClears() {
    NeAccount unknown = ne(1, "epc", vm(4, "mme", Host.unknown(0)));
    load(95);
    load(95);
    load(95);
    assertThat(monitor.step(host.after(10, unknown))).isEmpty();
    assertThat(load(95)).isEmpty();

    raise();
    for (int i = 0; i < 20; i++) {
      assertThat(monitor.step(host.after(10, unknown))).isEmpty();
    }
    assertThat(load(79)).isEmpty();
    assertThat(monitor.step(host.after(1, unknown))).isEmpty();
    assertThat(monitor.step(host.after(10, epc(79)))).isEmpty();
  }

  @Test
  void aSubjectThatIsGoneTakesItsAlarmWithIt() {
    raise();
    assertThat(monitor.step(host.after(1)))
        .singleElement()
        .satisfies(
            cleared -> {
              assertThat(cleared.raised()).isFalse();
              assertThat(cleared.value()).isEqualTo(9_600);
              assertThat(cleared.message()).contains("not watched any more");
            });
    assertThat(monitor.step(host.after(1))).isEmpty();
  }

  @Test
  void anAlarmOutlivesARestart() {
    Notification raised = raise();
    AlarmSettings settings = settings(Condition.EFFECTIVE_LOAD, policy(0, 0));
    monitor = new AlarmMonitor(settings, List.of(raised), 41);

    assertThat(load(95)).isEmpty();
    assertThat(load(79))
        .singleElement()
        .satisfies(
            cleared -> {
              assertThat(cleared.sequence()).isEqualTo(42);
              assertThat(cleared.alarm()).isEqualTo(raised.alarm());
              assertThat(cleared.raised()).isFalse();
            });
    assertThat(load(95)).singleElement().extracting(Notification::alarm).isEqualTo(43L);
  }

  @Test
  void anAlarmWhoseConditionIsNoLongerWatchedIsCleared() {
    Notification raised = raise();
    monitor = new AlarmMonitor(settings(Condition.OVERHEAD, policy(0, 0)), List.of(raised), 1);

    assertThat(load(95)).singleElement().extracting(Notification::raised).isEqualTo(false);
  }

  @Test
  void otherSettingsTakeEffectWithTheNextStepAndWhatIsWatchedGoesOn() {
    AlarmPolicy patient = policy(3, 5);
    assertThat(load(95)).isEmpty();
    assertThat(load(95)).isEmpty();

    monitor.use(settings(Condition.EFFECTIVE_LOAD, policy(2, 5)));
    assertThat(load(95)).singleElement().extracting(Notification::raised).isEqualTo(true);

    AlarmPolicy higher =
        new AlarmPolicy(true, Severity.MAJOR, 9_900, 9_800, patient.raiseHold(), Duration.ZERO);
    monitor.use(settings(Condition.EFFECTIVE_LOAD, higher));
    assertThat(load(95))
        .singleElement()
        .satisfies(cleared -> assertThat(cleared.raised()).isFalse())
        .satisfies(cleared -> assertThat(cleared.sequence()).isEqualTo(2));
  }

  @Test
  void aConditionThatIsNoLongerWatchedTakesItsAlarmWithIt() {
    raise();

    monitor.use(settings(Condition.OVERHEAD, policy(0, 0)));

    assertThat(load(95)).singleElement().extracting(Notification::raised).isEqualTo(false);
  }

  @Test
  void aVmThatIsGoneIsMissedForAsLongAsIsSaidNow() {
    AlarmPolicy gone = new AlarmPolicy(true, Severity.MAJOR, 1, 1, Duration.ZERO, Duration.ZERO);
    AlarmSettings minute = settings(Condition.VM_GONE, gone);
    monitor = monitor(minute);
    monitor.step(host.after(1, epc(10)));
    assertThat(monitor.step(host.after(1))).hasSize(1);

    monitor.use(
        new AlarmSettings(
            minute.policies(), List.of(), MAX_PER_MINUTE, Duration.ofSeconds(10), 100));

    assertThat(monitor.step(host.after(11)))
        .singleElement()
        .extracting(Notification::raised)
        .isEqualTo(false);
  }

  @Test
  void aFlappingAlarmStaysRaisedAndTheNextNotificationSaysHowOftenItWasHeldBack() {
    monitor = monitor(settings(Condition.EFFECTIVE_LOAD, policy(0, 0)));
    List<Notification> told = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      told.addAll(load(95));
      told.addAll(load(10));
    }

    assertThat(told).hasSize(MAX_PER_MINUTE - 1);
    assertThat(told.get(told.size() - 1).raised()).isTrue();
    assertThat(told).allSatisfy(one -> assertThat(one.heldBack()).isZero());

    List<Notification> later = monitor.step(host.after(60, epc(10)));
    assertThat(later).hasSize(1);
    assertThat(later.get(0).raised()).isFalse();
    // Raised for the third time in step 5, it came and went in the 25 that follow.
    assertThat(later.get(0).heldBack()).isEqualTo(12);
    assertThat(later.get(0).message()).contains("12 times");
  }

  @Test
  void aNetworkElementCanHaveThresholdsOfItsOwn() {
    AlarmSettings ofAll = settings(Condition.EFFECTIVE_LOAD, policy(0, 0));
    AlarmPolicy own =
        new AlarmPolicy(true, Severity.CRITICAL, 5_000, 4_000, Duration.ZERO, Duration.ZERO);
    AlarmSettings.Own ofEpc =
        new AlarmSettings.Own(
            List.of(new NamePattern("ep?")), Map.of(Condition.EFFECTIVE_LOAD, own));
    monitor =
        monitor(
            new AlarmSettings(
                ofAll.policies(), List.of(ofEpc), MAX_PER_MINUTE, ofAll.forgetAfter(), 100));

    NeAccount other = ne(2, "ims", vm(5, "cscf", vcpu(0, 60, 0, 0)));
    assertThat(monitor.step(host.after(1, epc(60), other)))
        .singleElement()
        .satisfies(
            raised -> {
              assertThat(raised.subject()).isEqualTo(EPC);
              assertThat(raised.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(raised.threshold()).isEqualTo(5_000);
            });
  }

  @Test
  void exitClassesHaveAlarmsOfTheirOwn() {
    AlarmPolicy storm =
        new AlarmPolicy(true, Severity.MINOR, 100_000, 50_000, Duration.ZERO, Duration.ZERO);
    monitor = monitor(settings(Condition.EXIT_STORM, storm));

    assertThat(monitor.step(host.after(1, storm(ExitClass.IO, 150_000))))
        .singleElement()
        .extracting(Notification::message)
        .isEqualTo(
            "vCPU 0 of VM mme of network element epc: rate of IO exits 150000 exits/s, threshold"
                + " 100000 exits/s");
    assertThat(monitor.step(host.after(1, storm(ExitClass.NPF, 100_000))))
        .extracting(Notification::raised)
        .containsExactly(false, true);
  }

  private static NeAccount storm(ExitClass exitClass, long exits) {
    return ne(1, "epc", vm(4, "mme", storming(0, exitClass, exits)));
  }

  @Test
  void aGuestThatNeverToldItsLoadRaisesAnAlarmAndDoesNotClearOne() {
    AlarmPolicy silent =
        new AlarmPolicy(true, Severity.WARNING, 200, 100, Duration.ZERO, Duration.ZERO);
    monitor = monitor(settings(Condition.GUEST_SILENT, silent));
    NeAccount epc = ne(1, "epc", vm(4, "mme", GuestState.NOT_ANSWERING, OptionalLong.empty()));

    assertThat(monitor.step(host.after(90, epc))).isEmpty();
    List<Notification> raised = monitor.step(host.after(30, epc));
    assertThat(raised).hasSize(1);

    monitor = new AlarmMonitor(settings(Condition.GUEST_SILENT, silent), raised, 1);
    Host restarted = new Host();
    assertThat(monitor.step(restarted.after(1, epc))).isEmpty();
    NeAccount answering = ne(1, "epc", vm(4, "mme", GuestState.OK, OptionalLong.of(2)));
    assertThat(monitor.step(restarted.after(1, answering)))
        .singleElement()
        .extracting(Notification::raised)
        .isEqualTo(false);
  }

  @Test
  void aVmThatIsForgottenTakesItsAlarmWithIt() {
    AlarmPolicy gone = new AlarmPolicy(true, Severity.MAJOR, 1, 1, Duration.ZERO, Duration.ZERO);
    monitor = monitor(settings(Condition.VM_GONE, gone));
    monitor.step(host.after(1, epc(10)));

    assertThat(monitor.step(host.after(1)))
        .singleElement()
        .extracting(Notification::message)
        .isEqualTo("VM mme of network element epc: does not run any more");
    assertThat(monitor.step(host.after(30))).isEmpty();
    assertThat(monitor.step(host.after(31)))
        .singleElement()
        .extracting(Notification::message)
        .isEqualTo("VM mme of network element epc: is not missed any more");
  }

  @Test
  void theMessageSaysWhatTookTheTime() {
    monitor = monitor(settings(Condition.EFFECTIVE_LOAD, policy(0, 0)));
    NeAccount contended = ne(1, "epc", vm(4, "mme", vcpu(0, 30, 0, 62)));

    assertThat(monitor.step(host.after(1, contended)))
        .singleElement()
        .extracting(Notification::message)
        .isEqualTo(
            "Network element epc: effective load 92.0 %, threshold 90.0 %; cause: contention;"
                + " largest: WAIT_PREEMPTED 62.0 %");
  }

  /** With the defaults, each condition can be raised and cleared, and finds words for both. */
  @ParameterizedTest
  @EnumSource
  void everyConditionHasAMeasureAndWords(Condition condition) {
    AlarmPolicy policy = AlarmPolicy.defaultOf(condition);
    Subject subject =
        switch (condition.scope()) {
          case HOST -> Subject.HOST;
          case NE -> EPC;
          case VM -> EPC.of(new Subject.Vm(4, "mme"));
          case VCPU -> EPC.of(new Subject.Vm(4, "mme")).ofVcpu(0);
          case EXIT_CLASS -> EPC.of(new Subject.Vm(4, "mme")).ofVcpu(0).of(ExitClass.IO);
        };
    Notification raised =
        new Notification(
            1,
            0,
            true,
            1,
            condition,
            policy.severity(),
            subject,
            policy.raise(),
            policy.raise(),
            0,
            Optional.empty(),
            "",
            "");
    AlarmSettings settings = settings(condition, policy);
    AlarmMonitor restarted = new AlarmMonitor(settings, List.of(raised), 1);

    List<Notification> cleared = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      cleared.addAll(restarted.step(host.after(1, quiet())));
    }
    boolean unknown = condition == Condition.GUEST_DISAGREES;
    assertThat(cleared).hasSize(unknown ? 0 : 1);
    assertThat(cleared).allSatisfy(one -> assertThat(one.message()).isNotBlank());
  }

  private static NeAccount quiet() {
    return ne(1, "epc", vm(4, "mme", vcpu(0, 1, 1, 1)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverHappensRaiseAndClearAlternateAndNoNumberIsMissing(long seed) {
    Random random = new Random(seed);
    AlarmSettings defaults = AlarmSettings.defaults();
    AlarmMonitor any = new AlarmMonitor(defaults, List.of(), 0);
    AlarmList list = AlarmList.empty(10);
    Map<String, Boolean> raised = new HashMap<>();
    long sequence = 0;
    for (int i = 0; i < 3_000; i++) {
      List<Notification> told = any.step(anything(random));
      for (Notification one : told) {
        sequence++;
        assertThat(one.sequence()).isEqualTo(sequence);
        Boolean before = raised.put(one.condition() + " " + one.subject(), one.raised());
        assertThat(Boolean.TRUE.equals(before)).isNotEqualTo(one.raised());
      }
      list = list.after(told);
      if (random.nextInt(500) == 0) {
        List<Notification> active = list.active().stream().map(Alarm::raised).toList();
        any = new AlarmMonitor(defaults, active, sequence);
      }
    }
    assertThat(sequence).isGreaterThan(50);
    assertThat(list.active())
        .hasSize((int) raised.values().stream().filter(Boolean::booleanValue).count());
    assertThat(list.past()).hasSize(10);
  }

  /** A snapshot with up to four network elements that stay as they are for some time. */
  private Snapshot anything(Random random) {
    List<NeAccount> elements = new ArrayList<>();
    long phase = random.nextInt(20);
    for (int index = 1; index <= 4; index++) {
      if (random.nextInt(30) > 0) {
        boolean busy = phase > 3;
        elements.add(
            ne(
                index,
                "ne-" + index,
                vm(
                    index,
                    "vm-" + index,
                    random.nextInt(10) == 0
                        ? Host.unknown(0)
                        : vcpu(0, busy ? 50 : 5, 20, busy ? 25 : 0),
                    storming(1, ExitClass.IO, random.nextInt(200_000)))));
      }
    }
    host.late(random.nextInt(2_000))
        .measuredWith(random.nextInt(10) == 0 ? Tier.COUNTED : Tier.EXACT);
    return host.after(1 + random.nextInt(5), elements.toArray(NeAccount[]::new));
  }
}
