package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The ledger counts the exits that perf kvm stat counts in the same run, reason by reason. */
@LabTest
@Tag("full")
class PerfKvmStatIT {

  private static final String RECORD = "/run/perf-kvm-stat.data";
  private static final Duration RECORD_LIMIT = Duration.ofMinutes(1);
  private static final Duration EXITS_LIMIT = Duration.ofMinutes(2);

  /** A reason, how many exits it had, and then what perf makes of their times. */
  private static final Pattern ROW = Pattern.compile("(?m)^\\s*(\\S+)\\s+(\\d+)\\s+[\\d.]+%.*$");

  private static final int IO = 20_000;
  private static final int CPUID = 5_000;
  private static final int HLT = 500;
  private static final int MSR = 1_000;

  /** The end of each op but hlt, and one for each halt: see test/lab/payload/payload.c. */
  private static final int MMIO = 1 + 1 + 1 + HLT;

  /** Perf counts an exit when the guest is entered again: so it spins on while both are read. */
  private static final String PHASE =
      "v0:io=%d,cpuid=%d,msr=%d,hlt=%d,spin=40000".formatted(IO, CPUID, MSR, HLT);

  @Test
  void bothCountTheSame(Lab lab) {
    try (Daemon daemon = Daemon.on(lab).start();
        Payload guest = Payload.start(lab, "beside", "--pin", "1", "--phase", PHASE)) {
      Manager manager = daemon.manager();
      manager.awaitRow("beside", true);
      int vm = manager.vm("beside");
      manager.awaitNewFigures();
      ExitFigures before = manager.exits(vm, 0);
      try (HostProgram perf = record(lab, guest.pid())) {
        guest.beginPhase();
        Await.until(
            "the last exit before the spin",
            EXITS_LIMIT,
            () -> manager.exits(vm, 0).since(before).of("mmio") == MMIO);
        perf.signal("INT");
        perf.await(RECORD_LIMIT);
      }
      ExitFigures ledger = manager.exits(vm, 0).since(before);
      Map<String, Long> perf = report(lab);
      Figures.show("ledger %s, perf kvm stat %s", ledger, perf);

      assertThat(perf).containsEntry("io", (long) IO).containsEntry("cpuid", (long) CPUID);
      assertThat(ledger.of("io")).isEqualTo(perf.get("io"));
      assertThat(ledger.of("cpuid")).isEqualTo(perf.get("cpuid"));
      assertThat(ledger.of("msr-other")).isEqualTo(perf.get("msr"));
      assertThat(ledger.of("hlt")).isEqualTo(perf.get("hlt"));
      assertThat(ledger.of("mmio") + ledger.of("npf")).isEqualTo(perf.get("npf"));
    }
  }

  /** Perf says nothing until its end; that it is at work shows by its open record. */
  private static HostProgram record(Lab lab, int pid) {
    HostProgram perf =
        HostProgram.start(
            "perf kvm stat record",
            lab,
            List.of("perf", "kvm", "stat", "record", "-p", Integer.toString(pid), "-o", RECORD));
    Await.until("record of perf", RECORD_LIMIT, () -> lab.run("test", "-s", RECORD).status() == 0);
    return perf;
  }

  /** How many exits of each reason perf has recorded. */
  private static Map<String, Long> report(Lab lab) {
    Program.Result result = lab.run("perf", "kvm", "-i", RECORD, "stat", "report").orFail();
    Map<String, Long> counts = new TreeMap<>();
    Matcher row = ROW.matcher(result.out() + result.err());
    while (row.find()) {
      counts.put(row.group(1), Long.parseLong(row.group(2)));
    }
    return counts;
  }
}
