package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vcpuacct.kernel.LedgerEvent.Block;
import org.vcpuacct.kernel.LedgerEvent.CompareExits;
import org.vcpuacct.kernel.LedgerEvent.CompareRunDelay;
import org.vcpuacct.kernel.LedgerEvent.End;
import org.vcpuacct.kernel.LedgerEvent.Entry;
import org.vcpuacct.kernel.LedgerEvent.Exit;
import org.vcpuacct.kernel.LedgerEvent.LearnKernel;
import org.vcpuacct.kernel.LedgerEvent.Leave;
import org.vcpuacct.kernel.LedgerEvent.Poll;
import org.vcpuacct.kernel.LedgerEvent.Preempt;
import org.vcpuacct.kernel.LedgerEvent.Run;
import org.vcpuacct.kernel.LedgerEvent.Sleep;
import org.vcpuacct.kernel.LedgerEvent.Wake;
import org.vcpuacct.kernel.LedgerModel.Line;

/** Each transition, by cases with round figures. Accounts are opened at 0 ns. */
class LedgerModelTest {

  private static final int IO = 1;
  private static final int NPF = 3;
  private static final int HLT = 7;
  private static final int USER_MODE = 1;
  private static final int KERNEL_MODE = 2;

  private static LedgerModel after(LedgerEvent... events) {
    LedgerModel model = new LedgerModel(0);
    for (LedgerEvent event : events) {
      model.apply(event);
    }
    AccountBalance.assertBalanced("case", model.account());
    return model;
  }

  /** The lines that hold time. */
  private static Map<Line, Long> linesOf(LedgerModel model) {
    Map<Line, Long> lines = new EnumMap<>(Line.class);
    for (Line line : Line.values()) {
      if (model.ns(line) != 0) {
        lines.put(line, model.ns(line));
      }
    }
    return lines;
  }

  private static Exit exit(long nowNs, int exitClass) {
    return new Exit(nowNs, exitClass, KERNEL_MODE);
  }

  private static Run run(long nowNs) {
    return new Run(nowNs, 0, 0, 0);
  }

  private static Preempt preempt(long nowNs) {
    return new Preempt(nowNs, false, 0);
  }

  private static Wake wake(long nowNs) {
    return new Wake(nowNs, false, 0);
  }

  @Nested
  class OnCpu {

    @Test
    void timeBeforeTheFirstEventIsUnknown() {
      assertThat(linesOf(after(new Entry(70)))).isEqualTo(Map.of(Line.UNKNOWN, 70L));
    }

    @Test
    void whereTheThreadIsStaysUnknownUntilAnEventOfKvmTells() {
      LedgerModel model = after(preempt(10), run(30), new Leave(60, false));

      assertThat(linesOf(model)).isEqualTo(Map.of(Line.UNKNOWN, 40L, Line.WAIT_PREEMPTED, 20L));
    }

    @Test
    void guestExitAndVmmAlternate() {
      LedgerModel model =
          after(
              new Entry(0),
              exit(100, IO),
              new Entry(130),
              exit(230, IO),
              new Leave(240, false),
              new Entry(290));

      assertThat(linesOf(model)).isEqualTo(Map.of(Line.GUEST, 200L, Line.EXIT, 40L, Line.VMM, 50L));
      assertThat(model.word("entries")).isEqualTo(3);
      assertThat(model.word("exitsTotal")).isEqualTo(2);
      assertThat(model.word("userExits")).isEqualTo(1);
    }

    @Test
    void anExitIsBookedInItsClassAndItsDurationAtItsEnd() {
      LedgerModel model =
          after(new Entry(0), exit(10, IO), new Entry(15), exit(20, NPF), exit(30, IO));

      assertThat(model.word("exits[1].count")).isEqualTo(2);
      assertThat(model.word("exits[1].ns")).isEqualTo(5);
      assertThat(model.word("exits[3].count")).isEqualTo(1);
      assertThat(model.word("exits[3].ns")).isEqualTo(10);
      assertThat(model.word("exitLog2[1][2]")).isEqualTo(1); // 5 ns; the exit at 30 is going on
      assertThat(model.word("exitLog2[3][3]")).isEqualTo(1);
    }

    @Test
    void exitsAreCountedByWhereTheGuestWas() {
      LedgerModel model =
          after(
              new Exit(1, IO, USER_MODE), new Exit(2, IO, KERNEL_MODE), new Exit(3, IO, USER_MODE));

      assertThat(model.word("exitsByMode[0]")).isZero();
      assertThat(model.word("exitsByMode[1]")).isEqualTo(2);
      assertThat(model.word("exitsByMode[2]")).isEqualTo(1);
    }

    @Test
    void whatHasNoNumberIsCountedAsUnknown() {
      LedgerModel model = after(new Exit(10, 22, 3), new Entry(14));

      assertThat(model.word("exits[0].count")).isEqualTo(1);
      assertThat(model.word("exits[0].ns")).isEqualTo(4);
      assertThat(model.word("exitsByMode[0]")).isEqualTo(1);
      assertThat(model.word("exitClass")).isEqualTo(22);
    }

    @Test
    void aReturnToTheVmmWithoutAnEntryChangesNothingButItsCount() {
      LedgerModel model = after(new Leave(10, false), new Leave(30, false));

      assertThat(linesOf(model)).isEqualTo(Map.of(Line.UNKNOWN, 10L, Line.VMM, 20L));
      assertThat(model.word("userExits")).isEqualTo(2);
    }
  }

  @Nested
  class Waiting {

    @Test
    void aPreemptionInTheMidstOfAnExitIsNoneOfItsTime() {
      LedgerModel model = after(exit(0, IO), preempt(10), run(1_010), new Entry(1_015));

      assertThat(linesOf(model)).isEqualTo(Map.of(Line.EXIT, 15L, Line.WAIT_PREEMPTED, 1_000L));
      assertThat(model.word("exits[1].ns")).isEqualTo(15);
      assertThat(model.word("exitLog2[1][3]")).isEqualTo(1);
      assertThat(model.word("latencyMaxNs")).isZero(); // it was not woken
    }

    @Test
    void aWokenThreadWaitsOnItsOwnLineAndThatIsItsLatency() {
      LedgerModel model =
          after(
              exit(0, HLT),
              new Block(10, Sleep.HALTED),
              wake(100),
              run(107),
              new Block(110, Sleep.HALTED),
              wake(200),
              run(203));

      assertThat(model.ns(Line.WAIT_WOKEN)).isEqualTo(10);
      assertThat(model.word("latencyMaxNs")).isEqualTo(7);
      assertThat(model.word("latencyLog2[2]")).isEqualTo(1);
      assertThat(model.word("latencyLog2[1]")).isEqualTo(1);
    }

    @Test
    void aWakeUpOfAThreadThatDoesNotSleepIsIgnored() {
      LedgerEvent[] life = {new Entry(0), exit(100, IO), preempt(110)};
      LedgerModel model = after(life);
      model.apply(wake(150));

      assertThat(model.account()).isEqualTo(after(life).account());
    }

    @Test
    void aWaitIsSplitByTheThrottledClock() {
      LedgerModel model =
          after(new Leave(0, false), new Preempt(10, true, 5_000), new Run(110, 0, 0, 5_070));

      assertThat(linesOf(model))
          .isEqualTo(Map.of(Line.VMM, 10L, Line.THROTTLED, 70L, Line.WAIT_PREEMPTED, 30L));
    }

    @Test
    void aQuotaThatRunsOutInTheMidstOfAWaitIsSeenAtItsEnd() {
      LedgerModel model =
          after(new Leave(0, false), new Preempt(10, false, 5_000), new Run(110, 0, 0, 5_020));

      assertThat(linesOf(model))
          .isEqualTo(Map.of(Line.VMM, 10L, Line.THROTTLED, 20L, Line.WAIT_PREEMPTED, 80L));
    }

    @Test
    void noMoreIsThrottledThanTheThreadWaited() {
      LedgerModel model =
          after(new Leave(0, false), new Preempt(10, true, 5_000), new Run(30, 0, 0, 9_000));

      assertThat(linesOf(model)).isEqualTo(Map.of(Line.VMM, 10L, Line.THROTTLED, 20L));
    }

    @Test
    void aThrottledClockThatStepsBackThrottlesNobody() {
      LedgerModel model =
          after(new Leave(0, false), new Preempt(10, true, 5_000), new Run(30, 0, 0, 4_000));

      assertThat(linesOf(model)).isEqualTo(Map.of(Line.VMM, 10L, Line.WAIT_PREEMPTED, 20L));
    }

    @Test
    void whatAQuotaHeldBackIsNoLatency() {
      LedgerModel model =
          after(
              exit(0, HLT),
              new Block(10, Sleep.HALTED),
              new Wake(20, true, 100),
              new Run(1_025, 0, 0, 1_100));

      assertThat(model.ns(Line.THROTTLED)).isEqualTo(1_000);
      assertThat(model.ns(Line.WAIT_WOKEN)).isEqualTo(5);
      assertThat(model.word("latencyMaxNs")).isEqualTo(5);
    }

    @Test
    void theLineOfAWaitThatGoesOnIsThatOfItsBeginning() {
      assertThat(after(new Preempt(10, true, 0)).word("openLine"))
          .isEqualTo(Line.THROTTLED.number());
      assertThat(after(new Preempt(10, false, 0)).word("openLine"))
          .isEqualTo(Line.WAIT_PREEMPTED.number());
    }

    @Test
    void movesBetweenPcpusAndNodesAreCountedFromTheSecondPcpuOn() {
      LedgerModel model =
          after(
              new Run(1, 3, 1, 0),
              preempt(2),
              new Run(3, 3, 1, 0),
              preempt(4),
              new Run(5, 2, 1, 0),
              preempt(6),
              new Run(7, 0, 0, 0));

      assertThat(model.word("switches")).isEqualTo(4);
      assertThat(model.word("cpuMigrations")).isEqualTo(2);
      assertThat(model.word("nodeMigrations")).isEqualTo(1);
      assertThat(model.word("cpu")).isZero();
      assertThat(model.word("node")).isZero();
    }
  }

  @Nested
  class Asleep {

    private Map<Line, Long> asleepAfter(LedgerEvent before, Sleep sleep) {
      LedgerModel model = after(before, new Block(0, sleep), wake(500), run(500));
      return linesOf(model);
    }

    @Test
    void aSleepOfAHaltIsHaltedWhereverItBegins() {
      Map<Line, Long> halted = Map.of(Line.HALTED, 500L);

      assertThat(asleepAfter(exit(0, HLT), Sleep.HALTED)).isEqualTo(halted);
      assertThat(asleepAfter(new Leave(0, false), Sleep.HALTED)).isEqualTo(halted);
      assertThat(asleepAfter(run(0), Sleep.HALTED)).isEqualTo(halted); // AP that waits for SIPI
    }

    @Test
    void anyOtherSleepInAnExitIsTheHosts() {
      Map<Line, Long> blocked = Map.of(Line.BLOCKED_HOST, 500L);

      assertThat(asleepAfter(exit(0, NPF), Sleep.BLOCKED)).isEqualTo(blocked);
      assertThat(asleepAfter(exit(0, NPF), Sleep.UNKNOWN)).isEqualTo(blocked);
    }

    @Test
    void aSleepInTheVmmIsTheVmms() {
      assertThat(asleepAfter(new Leave(0, false), Sleep.BLOCKED))
          .isEqualTo(Map.of(Line.BLOCKED_VMM, 500L));
    }

    @Test
    void aSleepInAVmmThatSeesToAHaltIsHalted() {
      assertThat(asleepAfter(new Leave(0, true), Sleep.UNKNOWN))
          .isEqualTo(Map.of(Line.HALTED, 500L));
    }

    @Test
    void aSleepOfWhichNothingIsKnownIsUnknown() {
      assertThat(asleepAfter(run(0), Sleep.UNKNOWN)).isEqualTo(Map.of(Line.UNKNOWN, 500L));
    }

    @Test
    void asleepToRunningWithoutAWakeUpStaysASleepAndIsCounted() {
      LedgerModel model = after(exit(0, HLT), new Block(0, Sleep.HALTED), run(500));

      assertThat(linesOf(model)).isEqualTo(Map.of(Line.HALTED, 500L));
      assertThat(model.word("missedWakeups")).isEqualTo(1);
    }

    @Test
    void aSleepIsNoneOfAnExitsTime() {
      LedgerModel model =
          after(exit(0, NPF), new Block(4, Sleep.BLOCKED), wake(900), run(950), new Entry(952));

      assertThat(linesOf(model))
          .isEqualTo(Map.of(Line.EXIT, 6L, Line.BLOCKED_HOST, 896L, Line.WAIT_WOKEN, 50L));
      assertThat(model.word("exitLog2[3][2]")).isEqualTo(1);
    }
  }

  @Nested
  class Polling {

    private final LearnKernel learn = new LearnKernel(0, 1_000);

    @Test
    void aPollThatSucceedsIsMovedOutOfTheExit() {
      LedgerModel model =
          after(new Entry(0), learn, exit(10, HLT), new Poll(70, 1_050), new Entry(75));

      assertThat(linesOf(model)).isEqualTo(Map.of(Line.GUEST, 10L, Line.EXIT, 15L, Line.POLL, 50L));
      assertThat(model.word("exits[7].ns")).isEqualTo(15);
      assertThat(model.word("exitLog2[7][3]")).isEqualTo(1);
    }

    @Test
    void aPollThatFailsIsMovedWhenTheSleepIsOver() {
      LedgerModel model =
          after(
              new Entry(0),
              learn,
              exit(10, HLT),
              new Block(65, Sleep.HALTED),
              wake(500),
              run(510),
              new Poll(512, 1_050),
              new Entry(515));

      assertThat(linesOf(model))
          .isEqualTo(
              Map.of(
                  Line.GUEST, 10L,
                  Line.EXIT, 10L,
                  Line.POLL, 50L,
                  Line.HALTED, 435L,
                  Line.WAIT_WOKEN, 10L));
    }

    @Test
    void aHaltThatGoesOnInTheNextCallOfKvmRunPollsOutOfTheVmmsTime() {
      LedgerModel model = after(new Leave(0, false), learn, new Poll(60, 1_050));

      assertThat(linesOf(model)).isEqualTo(Map.of(Line.VMM, 10L, Line.POLL, 50L));
    }

    @Test
    void whatThePollingThreadWasPreemptedForStaysAWait() {
      LedgerModel model =
          after(
              new Entry(0),
              learn,
              exit(0, HLT),
              preempt(20),
              run(120),
              new Poll(130, 1_130)); // began at once, lasted up to the end

      assertThat(linesOf(model)).isEqualTo(Map.of(Line.POLL, 30L, Line.WAIT_PREEMPTED, 100L));
      assertThat(model.word("pollOffCpuNs")).isEqualTo(100);
    }

    @Test
    void aHaltWithoutPollingMovesNothing() {
      LedgerModel model = after(new Entry(0), learn, exit(10, HLT), new Poll(30, 1_000));

      assertThat(linesOf(model)).isEqualTo(Map.of(Line.GUEST, 10L, Line.EXIT, 20L));
    }

    @Test
    void countersThatSomebodyClearedMoveNothingAndAreFollowedFromThere() {
      LedgerModel model =
          after(
              new Entry(0),
              learn,
              exit(0, HLT),
              new Poll(20, 1_015),
              new Poll(30, 4),
              new Poll(40, 9));

      assertThat(linesOf(model)).isEqualTo(Map.of(Line.EXIT, 20L, Line.POLL, 20L));
      assertThat(model.word("kernelPollNs") - model.word("kernelPollBaseNs")).isEqualTo(20);
    }
  }

  @Nested
  class Disorder {

    @Test
    void aClockThatStepsBackHasNotMoved() {
      LedgerModel model = after(new Entry(100), exit(90, IO), new Entry(130));

      assertThat(linesOf(model)).isEqualTo(Map.of(Line.UNKNOWN, 100L, Line.EXIT, 30L));
      assertThat(model.word("exitLog2[1][4]")).isEqualTo(1);
    }

    @Test
    void aLostEntryLeavesTheGuestsTimeToTheExit() {
      LedgerModel model = after(exit(0, IO), exit(100, HLT), new Entry(110));

      assertThat(linesOf(model)).isEqualTo(Map.of(Line.EXIT, 110L));
      assertThat(model.word("exits[1].ns")).isEqualTo(100);
      assertThat(model.word("exits[7].ns")).isEqualTo(10);
    }

    @Test
    void aLostExitIsMissedAtTheNextEntry() {
      LedgerModel model =
          after(
              new Entry(0),
              new LearnKernel(500, 0),
              new CompareExits(500),
              new Entry(100),
              new CompareExits(501));

      assertThat(linesOf(model)).isEqualTo(Map.of(Line.GUEST, 100L));
      assertThat(model.word("missedExits")).isEqualTo(1);
    }

    @Test
    void aLostSwitchAwayLeavesTheWaitWhereTheThreadWas() {
      LedgerModel model = after(exit(0, IO), run(1_000), new Entry(1_010));

      assertThat(linesOf(model)).isEqualTo(Map.of(Line.EXIT, 1_010L));
    }

    @Test
    void anEventOfKvmShowsThatTheThreadRuns() {
      LedgerModel model =
          after(exit(0, HLT), new Block(5, Sleep.HALTED), new Entry(50), exit(70, IO));

      assertThat(linesOf(model))
          .isEqualTo(Map.of(Line.EXIT, 5L, Line.HALTED, 45L, Line.GUEST, 20L));
    }

    @Test
    void anAccountWhoseThreadHasEndedTakesNoMore() {
      LedgerEvent[] life = {new Leave(0, false), new End(40)};
      LedgerModel model = after(life);
      model.apply(new Entry(100));
      model.apply(new CompareExits(7));

      assertThat(linesOf(model)).isEqualTo(Map.of(Line.VMM, 40L));
      assertThat(model.account()).isEqualTo(after(life).account());
    }
  }

  @Nested
  class KernelsFigures {

    @Test
    void exitsBeforeTheFirstEntryAreNotMissed() {
      LedgerModel model =
          after(
              exit(0, IO), // in the guest when the account was opened
              new Entry(10),
              new LearnKernel(500, 0),
              new CompareExits(500),
              exit(20, IO),
              new Entry(30),
              new CompareExits(501));

      assertThat(model.word("kernelKnown")).isEqualTo(1);
      assertThat(model.word("kernelExitsBase")).isEqualTo(499);
      assertThat(model.word("missedExits")).isZero();
    }

    @Test
    void runDelayIsComparedFromTheFirstSwitchAwayOn() {
      LedgerModel model =
          after(
              preempt(10),
              new CompareRunDelay(7_000),
              run(110),
              preempt(120),
              new CompareRunDelay(7_100),
              run(150));

      assertThat(model.word("kernelRunDelayNs") - model.word("kernelRunDelayBaseNs"))
          .isEqualTo(100);
      assertThat(model.word("runDelayNs") - model.word("runDelayBaseNs")).isEqualTo(100);
    }
  }
}
