package org.vcpuacct.it;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ledger of a vCPU in the tier exact, since its account was opened or over a span of time, all
 * of one instant.
 *
 * @param wallNs wall time, ns
 * @param lines ns by line
 */
record LedgerFigures(long wallNs, Map<LedgerFigures.Line, Long> lines) {

  /** The lines of the tier exact, by the name of their column. */
  enum Line {
    GUEST("Guest"),
    EXIT("Exit"),
    VMM("Vmm"),
    POLL("Poll"),
    HALTED("Halted"),
    WAIT_PREEMPTED("WaitPreempted"),
    WAIT_WOKEN("WaitWoken"),
    THROTTLED("Throttled"),
    BLOCKED_HOST("BlockedHost"),
    BLOCKED_VMM("BlockedVmm"),
    UNKNOWN("Unknown");

    private final String word;

    Line(String word) {
      this.word = word;
    }

    /** The column of vaVcpuTable. */
    String column() {
      return "vaVcpuLine" + word + "Ns";
    }
  }

  /** What was added since an earlier reading. */
  LedgerFigures since(LedgerFigures earlier) {
    Map<Line, Long> added = new EnumMap<>(Line.class);
    lines.forEach((line, ns) -> added.put(line, ns - earlier.ns(line)));
    return new LedgerFigures(wallNs - earlier.wallNs, added);
  }

  /** Time on a line, ns. */
  long ns(Line line) {
    return lines.get(line);
  }

  /** Wall time that stands on no line, ns. */
  long residueNs() {
    return wallNs - lines.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Time on a line in percent of wall time. */
  double percent(Line line) {
    return 100.0 * ns(line) / wallNs;
  }

  /** The lines that have time, in ms. */
  @Override
  public String toString() {
    Map<Line, Long> shown = new TreeMap<>();
    lines.forEach(
        (line, ns) -> {
          if (ns != 0) {
            shown.put(line, ns / 1_000_000);
          }
        });
    return "wall " + wallNs / 1_000_000 + " ms, residue " + residueNs() + " ns, " + shown;
  }
}
