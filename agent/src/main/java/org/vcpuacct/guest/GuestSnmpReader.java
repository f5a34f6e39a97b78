package org.vcpuacct.guest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;

/**
 * Asks the guest's own SNMP agent for UCD-SNMP-MIB's {@code ssCpuRaw*} and {@code laLoadInt}.
 *
 * <p>They are sums over all CPUs in ticks of USER_HZ, and net-snmp reads them from its kernel every
 * few seconds only: shares are right, absolute times some seconds old.
 */
final class GuestSnmpReader implements GuestLoadReader {

  private static final OID SYS_UP_TIME = new OID("1.3.6.1.2.1.1.3.0");
  private static final OID SYSTEM_STATS = new OID("1.3.6.1.4.1.2021.11");
  private static final OID LOAD_INT = new OID("1.3.6.1.4.1.2021.10.1.5");

  /** laLoadInt is in hundredths. */
  private static final double LOAD_UNIT = 100;

  private final SnmpQuestion question;
  private final Map<GuestTime, TickCounter> counters = new EnumMap<>(GuestTime.class);
  private long upTimeTicks;

  /**
   * @param timeout for one question as a whole
   */
  GuestSnmpReader(SnmpGuest guest, Duration timeout) {
    this.question = new SnmpQuestion(guest, timeout);
  }

  @Override
  public GuestLoad read() throws GuestLoadException, InterruptedException {
    long askedNs = System.nanoTime();
    Map<OID, Variable> answer = question.get(objects());
    long atNs = askedNs + (System.nanoTime() - askedNs) / 2;
    noteUpTime(answer);
    Map<GuestTime, Long> timesNs = timesNs(answer);
    if (timesNs.isEmpty()) {
      throw new GuestRefusedException(
          "the guest's SNMP agent shows no ssCpuRaw*: allow it a view of .1.3.6.1.4.1.2021");
    }
    GuestCpu all = new GuestCpu(OptionalInt.empty(), timesNs);
    if (all.totalNs() == 0) {
      // So net-snmp answers in the seconds until it has read its kernel for the first time.
      throw new GuestNotAnsweringException("the guest's SNMP agent has no figures yet");
    }
    return new GuestLoad(atNs, List.of(all), loadAverages(answer), GuestSource.SNMP);
  }

  private static List<OID> objects() {
    List<OID> objects = new ArrayList<>(List.of(SYS_UP_TIME));
    for (GuestTime time : GuestTime.values()) {
      objects.add(rawTime(time));
    }
    objects.addAll(List.of(loadInt(1), loadInt(2), loadInt(3)));
    return objects;
  }

  private static OID rawTime(GuestTime time) {
    return new OID(SYSTEM_STATS).append(time.systemStatsId()).append(0);
  }

  private static OID loadInt(int row) {
    return new OID(LOAD_INT).append(row);
  }

  /** An agent that was started again may be that of a guest that was: its counters are new ones. */
  private void noteUpTime(Map<OID, Variable> answer) {
    if (answer.get(SYS_UP_TIME) instanceof TimeTicks upTime) {
      if (upTime.getValue() < upTimeTicks) {
        counters.clear();
      }
      upTimeTicks = upTime.getValue();
    }
  }

  private Map<GuestTime, Long> timesNs(Map<OID, Variable> answer) throws GuestRefusedException {
    Map<GuestTime, Long> timesNs = new EnumMap<>(GuestTime.class);
    for (GuestTime time : GuestTime.values()) {
      if (answer.get(rawTime(time)) instanceof Counter32 ticks) {
        TickCounter counter = counters.computeIfAbsent(time, key -> new TickCounter());
        timesNs.put(time, GuestTimes.ticksToNs(counter.extend(ticks.getValue())));
      }
    }
    return timesNs;
  }

  private static Optional<LoadAverages> loadAverages(Map<OID, Variable> answer) {
    return answer.get(loadInt(1)) instanceof Integer32 one
            && answer.get(loadInt(2)) instanceof Integer32 five
            && answer.get(loadInt(3)) instanceof Integer32 fifteen
        ? Optional.of(new LoadAverages(load(one), load(five), load(fifteen)))
        : Optional.empty();
  }

  private static double load(Integer32 hundredths) {
    return hundredths.getValue() / LOAD_UNIT;
  }
}
