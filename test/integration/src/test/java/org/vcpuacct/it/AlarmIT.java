package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alarms of a guest on this machine's own KVM, of whatever flavour. */
class AlarmIT {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int LOAD_RAISED = 1;
  private static final int LOAD_CLEARED = 2;
  private static final int VM_GONE_RAISED = 11;
  private static final String SPIN = "v0:spin=6000";

  private final ThisMachine host = new ThisMachine();
  private Map<String, Snmptrapd> managers;
  private Snmpd snmpd;
  private Daemon daemon;

  @BeforeEach
  void startDaemon() {
    assumeTrue(Files.isWritable(Path.of("/dev/kvm")), "there is no KVM on this machine");
    Snmptrapd told = Snmptrapd.start(host);
    Snmptrapd informed = Snmptrapd.start(host);
    Snmptrapd behindSnmpd = Snmptrapd.start(host);
    managers = Map.of("by traps", told, "by informs", informed, "by snmpd", behindSnmpd);
    snmpd = Snmpd.startWithManager(host, behindSnmpd);
    daemon =
        Daemon.on(host)
            .snmp(
                """
                [snmp.communities]
                spinning-ro = "spinning"
                other-ro = "other"
                [[ne]]
                name = "other"
                vms = ["nothing-is-called-so"]
                [alarm.effective-load]
                raise-percent = 60
                clear-percent = 40
                raise-hold-ms = 1000
                clear-hold-ms = 1000
                [alarm.vm-gone]
                raise-hold-ms = 0
                [agentx]
                master = "%s"
                """
                        .formatted(snmpd.master())
                    + told.target("trap")
                    + informed.target("inform"))
            .start();
  }

  @AfterEach
  void end() {
    if (daemon != null) {
      daemon.close();
      snmpd.close();
      managers.values().forEach(Snmptrapd::close);
    }
    host.close();
  }

  @Test
  void aSpinningGuestRaisesAnAlarmThatIsClearedWhenItIsIdle() {
    try (Payload guest = Payload.start(host, "spinning", "--phase", SPIN)) {
      daemon.manager().awaitRow("spinning", true);
      guest.beginPhase();
      AlarmFigures active = await(AlarmFigures.EFFECTIVE_LOAD, true);
      assertThat(active.threshold()).isEqualTo(6_000);
      assertThat(active.value()).isBetween(6_000L, 10_000L);
      assertThat(active.message()).startsWith("Network element spinning: effective load ");
      assertThat(alarms("spinning-ro")).contains(active);
      assertThat(alarms("other-ro")).doesNotContain(active);

      guest.awaitPhase();
      AlarmFigures cleared = await(AlarmFigures.EFFECTIVE_LOAD, false);
      assertThat(cleared.threshold()).isEqualTo(4_000);
      assertThat(cleared.value()).isLessThan(4_000);
      Figures.show("here, a spin: raised: %s; cleared: %s", active.message(), cleared.message());
    }
    AlarmFigures gone = await(AlarmFigures.VM_GONE, true);
    assertThat(gone.message()).contains("VM spinning", "does not run any more");
    managers.forEach(AlarmIT::assertTold);
  }

  /** All of it, in its order: other figures of the guest may have raised alarms as well. */
  private static void assertTold(String how, Snmptrapd manager) {
    Await.until(
        "notification of a VM that is gone, " + how,
        LIMIT,
        () -> manager.received().stream().anyMatch(one -> one.type() == VM_GONE_RAISED));
    List<Snmptrapd.Notification> received = manager.received();
    Figures.show("%s: %s", how, received);
    assertThat(received.stream().map(Snmptrapd.Notification::type))
        .as(how)
        .containsSubsequence(LOAD_RAISED, LOAD_CLEARED, VM_GONE_RAISED);
    assertThat(received.stream().map(Snmptrapd.Notification::sequence))
        .as(how)
        .isEqualTo(LongStream.rangeClosed(1, received.size()).boxed().toList());
  }

  private List<AlarmFigures> alarms(String community) {
    return new Manager(daemon.snmp().withCommunity(community)).alarms();
  }

  private AlarmFigures await(int condition, boolean active) {
    return Await.value(
        "alarm for condition " + condition + ", active " + active,
        LIMIT,
        () ->
            daemon.manager().alarms().stream()
                .filter(alarm -> alarm.condition() == condition && alarm.active() == active)
                .filter(alarm -> alarm.ne().equals("spinning"))
                .findFirst());
  }
}
