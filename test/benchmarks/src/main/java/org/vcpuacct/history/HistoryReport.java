package org.vcpuacct.history;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.vcpuacct.cli.ExportCommand;
import org.vcpuacct.ledger.Snapshot;
import picocli.CommandLine;

/**
 * Records an hour of a busy host, exports it and prints what that takes: a table in Markdown.
 * Arguments: a folder that is made and deleted, and how many vCPUs.
 */
public final class HistoryReport {

  private static final int SECONDS = 3_600;
  private static final double MEGABYTE = 1e6;
  private static final double NS_PER_MS = 1e6;
  private static final double NS_PER_S = 1e9;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private HistoryReport() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int vcpus = Integer.parseInt(arguments[1]);
    System.out.println("| figure | value |");
    System.out.println("|---|---:|");
    try {
      record(folder, vcpus);
      read(folder);
      export(folder);
    } finally {
      delete(folder);
    }
  }

  private static void record(Path folder, int vcpus) throws IOException {
    BusyHost host = new BusyHost(vcpus);
    List<Long> cpuNs = new ArrayList<>();
    long mostOctets = 0;
    try (HistoryStore store =
        new HistoryStore(HistoryFolder.path(folder), HistorySettings.defaults(), 1)) {
      for (int second = 0; second < SECONDS; second++) {
        Snapshot snapshot = host.next();
        long startNs = THREADS.getCurrentThreadCpuTime();
        store.append(snapshot);
        cpuNs.add(THREADS.getCurrentThreadCpuTime() - startNs);
        mostOctets = Math.max(mostOctets, octets(folder, ""));
      }
    }
    long blocks = octets(folder, ".block");
    long steps = blockSteps(folder);
    row("hour on disk, once it is in blocks, MB", blocks / MEGABYTE * SECONDS / steps);
    row("octets a vCPU and second", (double) blocks / steps / vcpus);
    row("most on disk within the hour, MB", mostOctets / MEGABYTE);
    Collections.sort(cpuNs);
    row("CPU a step, median, ms", cpuNs.get(cpuNs.size() / 2) / NS_PER_MS);
    row("CPU a step, mean with making blocks, ms", mean(cpuNs) / NS_PER_MS);
    row("CPU of the step that makes a block, ms", cpuNs.get(cpuNs.size() - 1) / NS_PER_MS);
  }

  private static void read(Path folder) throws IOException {
    History history = HistoryFolder.in(folder);
    Extent extent = history.extent().orElseThrow();
    long startNs = System.nanoTime();
    Period hour = history.period(extent.fromEpochMillis(), extent.toEpochMillis()).orElseThrow();
    row("the hour as one period, ms", (System.nanoTime() - startNs) / NS_PER_MS);
    String ne = hour.nes().get(0).name();
    long[] parts = {0};
    startNs = System.nanoTime();
    history.series(ne, extent.fromEpochMillis(), extent.toEpochMillis(), 300, part -> parts[0]++);
    row("a network element in 300 parts, ms", (System.nanoTime() - startNs) / NS_PER_MS);
    row("such parts", (double) parts[0]);
  }

  private static void export(Path folder) throws IOException {
    Extent extent = HistoryFolder.in(folder).extent().orElseThrow();
    Path config = Files.writeString(folder.resolve("vcpuacct.conf"), config(folder));
    CountingWriter written = new CountingWriter();
    CommandLine command =
        new CommandLine(new ExportCommand()).setOut(new PrintWriter(written, false));
    long startNs = System.nanoTime();
    int status =
        command.execute(
            "--config=" + config,
            "--from=" + Instant.ofEpochMilli(extent.fromEpochMillis()),
            "--to=" + Instant.ofEpochMilli(extent.toEpochMillis()));
    if (status != 0) {
      throw new IOException("export ended with status " + status);
    }
    row("export of the hour, all vCPUs, s", (System.nanoTime() - startNs) / NS_PER_S);
    row("what it prints, MB", written.characters / MEGABYTE);
  }

  private static String config(Path stateDir) {
    return "[agent]\nstate-dir = \"" + stateDir + "\"\n";
  }

  /** Counts what is written, and keeps nothing of it. */
  private static final class CountingWriter extends Writer {

    private long characters;

    @Override
    public void write(char[] text, int from, int length) {
      characters += length;
    }

    @Override
    public void flush() {
      // nothing waits
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  private static double mean(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).average().orElseThrow();
  }

  private static long blockSteps(Path folder) throws IOException {
    long steps = 0;
    for (HistoryFile file : HistoryFile.list(HistoryFolder.path(folder))) {
      if (!file.open()) {
        try (Block block = Block.open(file)) {
          steps += block.times().steps();
        }
      }
    }
    return steps;
  }

  private static long octets(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file) && file.toString().endsWith(suffix))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void row(String what, double value) {
    System.out.printf(Locale.ROOT, "| %s | %.1f |%n", what, value);
  }
}
