package org.vcpuacct.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A host that the daemon can run on: this machine, or the one in the lab. */
interface Host {

  /**
   * Where the daemon is reached.
   *
   * @param listen the address it is told to listen on
   * @param manager the same address as a manager on this machine sees it
   */
  record SnmpAddress(String listen, String manager) {}

  /** The words of a command on this machine that runs the given one on the host, as root there. */
  List<String> command(List<String> words);

  /** Writes a file for everybody to read, and returns its path on the host. */
  String put(String name, String content);

  /** A file of this machine, where the host reads it fast; returns its path on the host. */
  String place(Path file);

  /** A new folder on the host that only its owner can use, for the daemon's state. */
  String newStateDir();

  /** An address that nobody uses. */
  SnmpAddress snmpAddress();

  /**
   * Where the daemon's page is reached.
   *
   * @param listen the address it is told to listen on
   * @param browser the same address as a browser on this machine sees it
   */
  record HttpAddress(String listen, String browser) {}

  /** An address that nobody uses. */
  HttpAddress httpAddress();

  /** Runs a short command on the host to its end. */
  default Program.Result run(String... words) {
    return Program.run(Duration.ofMinutes(2), Map.of(), "", command(List.of(words)));
  }
}
