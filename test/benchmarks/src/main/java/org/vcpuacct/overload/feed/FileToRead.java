package org.vcpuacct.overload.feed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vcpuacct.ledger.AgentStats;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Overload;
import org.vcpuacct.ledger.OverloadLevel;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Tier;

/**
 * Writes the file of the load-shedding input for 1,000 network elements and says on standard output
 * when it is there; then times {@link OverloadFile}, says what a look takes, and ends with its
 * standard input.
 *
 * <p>Argument: the file.
 */
public final class FileToRead {

  /** The network element to read: neither the first nor the last. */
  static final String NE = "ne-500";

  private static final int NES = 1_000;
  private static final int VALIDITY_MS = 3_600_000;
  private static final int READS = 2_000_000;
  private static final int ROUNDS = 15;

  private FileToRead() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    new OverloadFileWriter(file).write(snapshot());
    double[] ns = new double[ROUNDS];
    OverloadFile reader = new OverloadFile(file, NE);
    for (int round = 0; round < ROUNDS; round++) {
      ns[round] = timeLooks(reader);
    }
    Arrays.sort(ns);
    System.out.printf(Locale.ROOT, "%s %.1f %.1f%n", NE, ns[0], ns[ROUNDS / 2]);
    System.in.read();
  }

  private static double timeLooks(OverloadFile reader) throws IOException {
    long reductions = 0;
    long startNs = System.nanoTime();
    for (int i = 0; i < READS; i++) {
      reductions += reader.read().orElseThrow().overload().reduction();
    }
    long endNs = System.nanoTime();
    if (reductions != 20L * READS) {
      throw new IllegalStateException("read something else");
    }
    return (double) (endNs - startNs) / READS;
  }

  private static Snapshot snapshot() {
    Overload overload = new Overload(1, VALIDITY_MS, 97, 20, OverloadLevel.MAJOR, Cause.DEMAND);
    List<NeAccount> nes = new ArrayList<>();
    for (int index = 1; index <= NES; index++) {
      nes.add(new NeAccount(index, "ne-" + index, 1, List.of(), Optional.of(overload)));
    }
    return new Snapshot(
        System.nanoTime(),
        System.currentTimeMillis(),
        Tier.EXACT,
        List.of(),
        nes,
        Optional.empty(),
        List.of(),
        new AgentStats(1, 0, 0, 0),
        List.of());
  }
}
