package org.vcpuacct.it;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the parts of the project are. */
final class Project {

  private static final Path LAB_SCRIPT = Path.of("test/lab/lab");

  /** The top folder. */
  static final Path ROOT = findRoot();

  /** The daemon, as it is shipped. */
  static final Path JAR = built(ROOT.resolve("agent/target/vcpuacct.jar"));

  /** The options that the daemon's JVM is shipped with. */
  static final Path JVM_OPTIONS = ROOT.resolve("systemd/jvm.options");

  /** What tests leave behind: logs, programs, the lab's state. */
  static final Path OUTPUT = ROOT.resolve("test/integration/target/it");

  private Project() {}

  /** A script or source of the project. */
  static String file(String path) {
    return ROOT.resolve(path).toString();
  }

  private static Path findRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve(LAB_SCRIPT))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("run the tests inside the project: no " + LAB_SCRIPT);
    }
    return folder;
  }

  private static Path built(Path jar) {
    if (!Files.exists(jar)) {
      throw new IllegalStateException("no " + jar + ": mvn package -pl agent -am builds it");
    }
    return jar;
  }
}
