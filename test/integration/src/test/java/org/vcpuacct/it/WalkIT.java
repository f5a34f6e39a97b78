package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All that a manager can walk, with rows of real guests in it. */
@LabTest
class WalkIT {

  private static final String SYSTEM_STATS = "UCD-SNMP-MIB::systemStats";
  private static final List<Integer> MAX_REPETITIONS = List.of(1, 7, 50, 1000);
  private static final int INSTANCES_A_GET = 40;
  private static final int ATTEMPTS = 3;

  private static Payload guest;
  private static Payload other;
  private static Daemon daemon;
  private static SnmpTools snmp;

  @BeforeAll
  static void start(Lab lab) {
    guest = Payload.start(lab, "walked", "--vcpus", "2", "--phase", "v0:idle=1000");
    other = Payload.start(lab, "walked too", "--phase", "v0:idle=1000");
    daemon = Daemon.on(lab).start();
    snmp = daemon.snmp();
  }

  @AfterAll
  static void end() {
    daemon.close();
    other.close();
    guest.close();
  }

  /** A column that comes meanwhile is no fault of a walk: that walk is then done again. */
  @Test
  void getNextAndGetBulkReturnTheSameInstancesInOrder() {
    List<String> expected = oids(snmp.walkByNumber(SYSTEM_STATS));
    for (int repetitions : MAX_REPETITIONS) {
      List<String> bulk = oids(snmp.bulkWalkByNumber(repetitions, SYSTEM_STATS));
      for (int attempt = 1; !bulk.equals(expected) && attempt < ATTEMPTS; attempt++) {
        expected = oids(snmp.walkByNumber(SYSTEM_STATS));
        bulk = oids(snmp.bulkWalkByNumber(repetitions, SYSTEM_STATS));
      }
      assertThat(bulk).as("-Cr%d", repetitions).isEqualTo(expected);
    }
    Figures.show("instances below systemStats: %d", expected.size());
    assertThat(new HashSet<>(expected)).hasSameSizeAs(expected);
    assertThat(expected.size()).isGreaterThan(100);
  }

  /** The tools themselves refuse a value whose type is not the MIB's. */
  @Test
  void everyInstanceThatAWalkReturnsCanBeGot() {
    List<String> oids = oids(snmp.walkByNumber(SYSTEM_STATS));
    for (int from = 0; from < oids.size(); from += INSTANCES_A_GET) {
      List<String> some = oids.subList(from, Math.min(oids.size(), from + INSTANCES_A_GET));
      List<Varbind> got = snmp.getByNumber(some);
      assertThat(oids(got)).isEqualTo(some);
      assertThat(got).allMatch(Varbind::isPresent);
    }
  }

  @Test
  void everyObjectIsInTheMib() {
    assertThat(snmp.walk(SYSTEM_STATS))
        .extracting(Varbind::name)
        .allMatch(name -> name.matches("(va|ss)[A-Z]\\w+(\\.\\d+)+"));
  }

  @Test
  void snmptableShowsARowForEachVmAndVcpu() {
    assertThat(snmp.table("VCPU-ACCT-MIB::vaVmTable")).hasSize(2);
    assertThat(snmp.table("VCPU-ACCT-MIB::vaVcpuTable")).hasSize(3);
    assertThat(snmp.table("VCPU-ACCT-MIB::vaVcpuShareTable")).hasSize(3);
    assertThat(snmp.table("VCPU-ACCT-MIB::vaExitTable"))
        .hasSize(snmp.walk("VCPU-ACCT-MIB::vaExitName").size());
  }

  private static List<String> oids(List<Varbind> variables) {
    return new ArrayList<>(variables.stream().map(Varbind::name).toList());
  }
}
