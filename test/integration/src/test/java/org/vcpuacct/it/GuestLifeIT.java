package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Guests come and go while the daemon runs, and the daemon while guests run. */
@LabTest
@Tag("full")
class GuestLifeIT {

  private static final String[] IDLE = {"--phase", "v0:idle=1000"};
  private static final String ENGINE_BOOTS = ".1.3.6.1.6.3.10.2.1.2.0";

  private Lab lab;
  private Daemon daemon;

  @BeforeEach
  void startDaemon(Lab sharedLab) {
    lab = sharedLab;
    daemon = Daemon.on(lab).start();
  }

  @AfterEach
  void endDaemon() {
    daemon.close();
  }

  /** The step under way when a guest comes or goes may have looked before; the next one may not. */
  @Test
  void rowsComeAndGoWithinTwoIntervalsAndARestartedGuestHasItsOldIndex() {
    Manager manager = daemon.manager();
    try (Payload first = Payload.start(lab, "first", IDLE);
        Payload second = Payload.start(lab, "second", IDLE)) {
      long stepsWithoutSecond = manager.awaitRow(second.name(), true);
      int firstIndex = manager.vm(first.name());
      int secondIndex = manager.vm(second.name());
      assertThat(manager.threads(secondIndex)).isEqualTo(second.threads());

      first.stop();
      long stepsWithFirst = manager.awaitRow(first.name(), false);
      assertThat(manager.vm(second.name())).isEqualTo(secondIndex);

      try (Payload again = Payload.start(lab, first.name(), IDLE)) {
        long stepsWithoutAgain = manager.awaitRow(again.name(), true);
        Figures.show(
            "steps that missed a guest come %d, gone %d, come again %d; index %d, again %d",
            stepsWithoutSecond,
            stepsWithFirst,
            stepsWithoutAgain,
            firstIndex,
            manager.vm(again.name()));
        assertThat(stepsWithoutSecond).isLessThan(2);
        assertThat(stepsWithFirst).isLessThan(2);
        assertThat(stepsWithoutAgain).isLessThan(2);
        assertThat(manager.vm(again.name())).isEqualTo(firstIndex);
        assertThat(manager.threads(firstIndex)).isEqualTo(again.threads());
      }
    }
  }

  /** The state file gives them back: by the order of their start they would be the other way. */
  @Test
  void indexesOutliveTheDaemonHoweverItEnds() {
    try (Payload guest = Payload.start(lab, "early", IDLE);
        Payload late = Payload.start(lab, "late", IDLE)) {
      daemon.manager().awaitRow(late.name(), true);
      int index = daemon.manager().vm(guest.name());
      int lateIndex = daemon.manager().vm(late.name());
      guest.stop();

      Program.Result end = daemon.stop();
      try (Payload again = Payload.start(lab, guest.name(), IDLE)) {
        restartDaemon();
        assertIndexes(index, lateIndex, again, late);
        long boots = engineBoots();

        daemon.kill();
        restartDaemon();
        assertIndexes(index, lateIndex, again, late);
        Figures.show(
            "status after SIGTERM %d; engine boots %d, after SIGKILL %d",
            end.status(), boots, engineBoots());
        assertThat(engineBoots()).isEqualTo(boots + 1);
      }
    }
  }

  private void assertIndexes(int index, int lateIndex, Payload again, Payload late) {
    assertThat(daemon.manager().vms())
        .containsEntry(again.name(), index)
        .containsEntry(late.name(), lateIndex);
  }

  private long engineBoots() {
    return daemon.snmp().get(ENGINE_BOOTS).asLong();
  }

  private void restartDaemon() {
    String stateDir = daemon.stateDir();
    daemon.close();
    daemon = Daemon.on(lab).stateDir(stateDir).start();
  }
}
