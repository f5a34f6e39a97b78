package org.vcpuacct.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The raw exit codes of one architecture and the class of each. Data, read from the resources
 * {@code exit-reasons/*.tsv}.
 *
 * <p>Where one code means several things, each of its rows but the last has a {@link Condition};
 * the first row that applies wins. A code in no row is of class {@link ExitClass#OTHER}.
 */
public final class ExitReasons {

  /** What, beside its code, decides the class of an exit. */
  public enum Condition {
    /** The access was to a timer's MSR: TSC deadline or x2APIC initial count. */
    MSR_TIMER("msr-timer"),
    /** The access was to the x2APIC interrupt command register. */
    MSR_ICR("msr-icr"),
    /** The page-fault error code has its reserved bit set: a cached MMIO page. */
    NPF_RESERVED_BIT("npf-reserved-bit"),
    /** The VMX interruption information is that of an NMI. */
    INTERRUPTION_IS_NMI("interruption-is-nmi");

    private final String label;

    Condition(String label) {
      this.label = label;
    }

    private static Condition of(String label) {
      for (Condition condition : values()) {
        if (condition.label.equals(label)) {
          return condition;
        }
      }
      throw new IllegalArgumentException("unknown condition " + label);
    }
  }

  /**
   * One row: the codes from {@code first} to {@code last}, both included.
   *
   * @param name the kernel's or the manual's name of the exit
   * @param condition what else must hold; empty in a row that always applies
   */
  public record Reason(
      int first, int last, String name, ExitClass exitClass, Optional<Condition> condition) {

    private boolean covers(int code) {
      return first <= code && code <= last;
    }
  }

  private final List<Reason> reasons;

  private ExitReasons(List<Reason> reasons) {
    this.reasons = List.copyOf(reasons);
  }

  /** The exit codes of an architecture. */
  public static ExitReasons of(Isa isa) {
    String resource = "exit-reasons/" + isa.resource();
    try (InputStream stream = ExitReasons.class.getResourceAsStream(resource);
        Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      return parse(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + resource, e);
    }
  }

  static ExitReasons parse(Reader reader) throws IOException {
    List<Reason> reasons = new ArrayList<>();
    BufferedReader lines = new BufferedReader(reader);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.startsWith("#")) {
        reasons.add(parseRow(line));
      }
    }
    return new ExitReasons(reasons);
  }

  private static Reason parseRow(String row) {
    String[] columns = row.split("\t", -1);
    String[] codes = columns[0].split("-", -1);
    return new Reason(
        Integer.decode(codes[0]),
        Integer.decode(codes[codes.length - 1]),
        columns[1],
        ExitClass.valueOf(columns[2]),
        columns.length > 3 ? Optional.of(Condition.of(columns[3])) : Optional.empty());
  }

  /** All rows, in the order in which they apply. */
  public List<Reason> reasons() {
    return reasons;
  }

  /** The class of a code if no condition holds. */
  public ExitClass classOf(int code) {
    return reasons.stream()
        .filter(reason -> reason.covers(code) && reason.condition().isEmpty())
        .map(Reason::exitClass)
        .findFirst()
        .orElse(ExitClass.OTHER);
  }
}
