package org.vcpuacct.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.vcpuacct.guest.GuestCpu;
import org.vcpuacct.guest.GuestLoad;
import org.vcpuacct.guest.GuestSource;
import org.vcpuacct.guest.GuestTime;
import org.vcpuacct.guest.LoadAverages;
import org.vcpuacct.history.track.MalformedTrackException;
import org.vcpuacct.history.track.OctetReader;
import org.vcpuacct.history.track.OctetWriter;
import org.vcpuacct.ledger.Catalogue;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ledger.RollUpTimes;

/**
 * What does not change in what a guest says of its load. Its row is one report: its place among
 * those of the VM in the block, by which other rows name it; when it was, in units of {@link
 * Resolution}; the load averages in hundredths, if there are any; the times of each CPU in ticks,
 * as finer ones no Linux tells (USER_HZ, proc_stat(5)); and by vCPU what the host measured since
 * the report before, in units: the sum of all roll-ups, by what it differs from that of the vCPU
 * before, which is next to nothing, then each but {@link RollUp#IDLE}, which is the rest.
 *
 * @param averages whether the guest tells load averages
 * @param cpus the guest's CPUs, and which times it tells of each
 * @param vcpus the vCPUs of which it is known what the host measured
 */
record GuestLoadKey(GuestSource source, boolean averages, List<Cpu> cpus, List<Integer> vcpus) {

  private static final int MAX_CPUS = 1 << 16;
  private static final double HUNDREDTHS = 100;
  private static final long TICK_NS = 10_000_000;
  private static final int AVERAGES = 3;

  /** Place and time. */
  private static final int HEAD = 2;

  private static final Set<RollUp> TOLD_ROLL_UPS = EnumSet.complementOf(EnumSet.of(RollUp.IDLE));

  /**
   * A CPU of a guest.
   *
   * @param number empty if it is the sum of all
   */
  record Cpu(OptionalInt number, Set<GuestTime> told) {

    /** A bit for each time that is told, in the order of /proc/stat. */
    long mask() {
      return told.stream().mapToLong(time -> 1L << time.ordinal()).sum();
    }

    static Cpu of(int numberPlusOne, long mask) {
      Set<GuestTime> told = EnumSet.noneOf(GuestTime.class);
      for (GuestTime time : GuestTime.values()) {
        if ((mask >>> time.ordinal() & 1) == 1) {
          told.add(time);
        }
      }
      return new Cpu(
          numberPlusOne == 0 ? OptionalInt.empty() : OptionalInt.of(numberPlusOne - 1),
          Collections.unmodifiableSet(told));
    }
  }

  static GuestLoadKey of(GuestLoad load, Set<Integer> vcpus) {
    List<Cpu> cpus = new ArrayList<>();
    for (GuestCpu cpu : load.cpus()) {
      cpus.add(new Cpu(cpu.cpu(), cpu.timesNs().keySet()));
    }
    return new GuestLoadKey(
        load.source(), load.loadAverages().isPresent(), cpus, vcpus.stream().sorted().toList());
  }

  static GuestLoadKey read(OctetReader key) throws IOException {
    int source = key.octet();
    boolean averages = key.octet() == 1;
    List<Cpu> cpus = new ArrayList<>();
    for (int left = key.count(MAX_CPUS); left > 0; left--) {
      cpus.add(Cpu.of(key.count(Integer.MAX_VALUE), key.varint()));
    }
    List<Integer> vcpus = new ArrayList<>();
    for (int left = key.count(MAX_CPUS); left > 0; left--) {
      vcpus.add(key.count(Integer.MAX_VALUE));
    }
    return new GuestLoadKey(
        Catalogue.find(GuestSource.values(), GuestSource::snmpNumber, source)
            .orElseThrow(() -> new MalformedTrackException("no source has the number " + source)),
        averages,
        cpus,
        vcpus);
  }

  byte[] octets() {
    OctetWriter key =
        KeyKind.GUEST_LOAD
            .key()
            .octet(source.snmpNumber())
            .octet(averages ? 1 : 0)
            .varint(cpus.size());
    for (Cpu cpu : cpus) {
      key.varint(cpu.number().isPresent() ? cpu.number().getAsInt() + 1L : 0).varint(cpu.mask());
    }
    key.varint(vcpus.size());
    vcpus.forEach(key::varint);
    return key.toArray();
  }

  /** The place of the report of a row. */
  static int place(long[] row) {
    return (int) row[0];
  }

  long[] row(int place, GuestLoad load, Map<Integer, RollUpTimes> host) {
    int times = cpus.stream().mapToInt(cpu -> cpu.told().size()).sum();
    int rollUps = vcpus.size() * RollUp.values().length;
    long[] row = new long[HEAD + (averages ? AVERAGES : 0) + times + rollUps];
    Cursor out = new Cursor(row);
    out.put(place);
    out.put(Resolution.units(load.atNs()));
    load.loadAverages().ifPresent(told -> put(out, told));
    for (int i = 0; i < cpus.size(); i++) {
      for (GuestTime time : cpus.get(i).told()) {
        out.put(load.cpus().get(i).ns(time).orElseThrow() / TICK_NS);
      }
    }
    long before = 0;
    for (int vcpu : vcpus) {
      long[] units = units(host.get(vcpu));
      long sum = Arrays.stream(units).sum();
      out.put(sum - before);
      TOLD_ROLL_UPS.forEach(rollUp -> out.put(units[rollUp.ordinal()]));
      before = sum;
    }
    return row;
  }

  private static long[] units(RollUpTimes host) {
    return Arrays.stream(RollUp.values())
        .mapToLong(rollUp -> Resolution.units(host.ns(rollUp)))
        .toArray();
  }

  /** The report of a row. */
  Told told(long[] row) {
    Cursor in = new Cursor(row);
    in.take(); // the place
    long atNs = Resolution.ns(in.take());
    Optional<LoadAverages> told = averages ? Optional.of(takeAverages(in)) : Optional.empty();
    List<GuestCpu> load = new ArrayList<>();
    for (Cpu cpu : cpus) {
      Map<GuestTime, Long> timesNs = new EnumMap<>(GuestTime.class);
      cpu.told().forEach(time -> timesNs.put(time, in.take() * TICK_NS));
      load.add(new GuestCpu(cpu.number(), timesNs));
    }
    Map<Integer, RollUpTimes> host = new HashMap<>();
    long sum = 0;
    for (int vcpu : vcpus) {
      sum += in.take();
      host.put(vcpu, takeHost(in, sum));
    }
    return new Told(new GuestLoad(atNs, load, told, source), host);
  }

  /** What a guest said, and what the host measured of its vCPUs since it said something before. */
  record Told(GuestLoad load, Map<Integer, RollUpTimes> host) {}

  private static RollUpTimes takeHost(Cursor in, long sumUnits) {
    long[] units = new long[RollUp.values().length];
    TOLD_ROLL_UPS.forEach(rollUp -> units[rollUp.ordinal()] = in.take());
    units[RollUp.IDLE.ordinal()] = sumUnits - Arrays.stream(units).sum();
    return RollUpTimes.of(rollUp -> Resolution.ns(units[rollUp.ordinal()]));
  }

  private static void put(Cursor out, LoadAverages averages) {
    out.put(Math.round(averages.one() * HUNDREDTHS));
    out.put(Math.round(averages.five() * HUNDREDTHS));
    out.put(Math.round(averages.fifteen() * HUNDREDTHS));
  }

  private static LoadAverages takeAverages(Cursor in) {
    return new LoadAverages(in.take() / HUNDREDTHS, in.take() / HUNDREDTHS, in.take() / HUNDREDTHS);
  }
}
