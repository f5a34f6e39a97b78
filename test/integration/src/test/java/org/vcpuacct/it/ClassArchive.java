package org.vcpuacct.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * The daemon's classes as the JVM keeps them in memory (class data sharing). A JVM that has them
 * starts in little more than half the time, which is seconds on the lab's emulated CPU.
 */
final class ClassArchive {

  private static final Path FILE = Project.ROOT.resolve("test/integration/target/vcpuacct.jsa");

  private ClassArchive() {}

  /** The option of a JVM on that host that uses it; it is made if it is older than the daemon. */
  static synchronized String use(Host host) {
    try {
      if (!Files.exists(FILE) || modified(FILE).compareTo(modified(Project.JAR)) < 0) {
        make();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "-XX:SharedArchiveFile=" + host.place(FILE);
  }

  private static FileTime modified(Path file) throws IOException {
    return Files.getLastModifiedTime(file);
  }

  /** Out of a daemon that has measured this machine and was read by a manager and over HTTP. */
  private static void make() throws IOException {
    Files.deleteIfExists(FILE);
    try (ThisMachine machine = new ThisMachine();
        Daemon daemon = Daemon.on(machine).http().jvm("-XX:ArchiveClassesAtExit=" + FILE).start()) {
      daemon.snmp().walk("UCD-SNMP-MIB::systemStats");
      daemon.readSnapshot();
      daemon.stop();
    }
    if (!Files.exists(FILE)) {
      throw new IllegalStateException("no " + FILE + " was made");
    }
  }
}
