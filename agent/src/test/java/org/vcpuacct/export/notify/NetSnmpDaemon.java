package org.vcpuacct.export.notify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A daemon of net-snmp, with a configuration of its own: it touches no file of the system. */
final class NetSnmpDaemon implements AutoCloseable {

  private static final long START_MS = 30_000;

  private final Path log;
  private final ProcessBuilder builder;
  private Process process;

  /**
   * Starts one.
   *
   * @param folder of its own
   * @param name snmpd or snmptrapd
   * @param config its configuration
   * @param arguments behind those that name its files
   */
  NetSnmpDaemon(Path folder, String name, String config, List<String> arguments)
      throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("cert_indexes"));
    Path configFile = Files.writeString(folder.resolve(name + ".conf"), config);
    log = folder.resolve(name + ".log");
    List<String> words =
        new ArrayList<>(
            List.of(
                "/usr/sbin/" + name, "-f", "-C", "-c", configFile.toString(), "-A", "-LF", "7"));
    words.add(log.toString());
    words.addAll(arguments);
    builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve(name + ".out").toFile());
    builder.environment().put("SNMP_PERSISTENT_DIR", folder.toString());
    builder.environment().put("MIBS", "");
    start();
  }

  /** Starts it, again or for the first time, and waits until it says that it runs. */
  void start() throws IOException, InterruptedException {
    int saidBefore = said().length();
    process = builder.start();
    long endNs = System.nanoTime() + START_MS * 1_000_000;
    while (!said().substring(saidBefore).contains("NET-SNMP version")) {
      if (System.nanoTime() > endNs || !process.isAlive()) {
        throw new AssertionError("does not run: " + builder.command() + "\n" + said());
      }
      Thread.sleep(20);
    }
  }

  /** What it has logged so far. */
  String said() throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /** Ends it abruptly. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
