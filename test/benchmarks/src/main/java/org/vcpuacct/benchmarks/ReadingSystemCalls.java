package org.vcpuacct.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vcpuacct.source.VcpuMeter;

/**
 * Reads a thousand accounts between two marks that a tracer of system calls can see: calls that ask
 * for files which do not exist. To be run under such a tracer, by test/benchmarks/ledger-read.
 */
public final class ReadingSystemCalls {

  private static final int WARM_UP_ROUNDS = 200;

  private ReadingSystemCalls() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    try (LedgerHost host = new LedgerHost()) {
      for (int i = 0; i < WARM_UP_ROUNDS; i++) {
        mark("warm-up");
        host.readAccounts();
        readMeters(host);
      }
      host.passSecond(100);
      System.gc();
      mark("begin-copy");
      host.readAccounts();
      mark("end-copy");
      mark("begin-read");
      long figures = readMeters(host);
      mark("end-read");
      System.out.println(figures + " exits in " + host.meters().size() + " accounts");
    }
  }

  private static long readMeters(LedgerHost host) throws IOException {
    long exits = 0;
    for (VcpuMeter meter : host.meters()) {
      exits += meter.read(host.nowNs()).exits().orElseThrow().total();
    }
    return exits;
  }

  private static void mark(String name) {
    if (Files.exists(Path.of("/vcpuacct-mark-" + name))) {
      throw new IllegalStateException("a mark exists: " + name);
    }
  }
}
