package org.vcpuacct.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The files of a lab that differ from those of the machine that it has its root from. */
final class WrittenFiles {

  /** The layer of changes, and what is nobody's for long; the rest of /run is the lab's own. */
  private static final String FIND =
      "find /run/lab/changes -mindepth 1 -printf '%y /%P\\n';"
          + " find /run -mindepth 1 '(' -path /run/lab -o -path /run/log -o -path /run/systemd ')'"
          + " -prune -o -printf '%y %p\\n'";

  private WrittenFiles() {}

  /** Their paths; folders are among them only if the machine has none there. */
  static Set<String> of(Lab lab) {
    return lab.run("sh", "-c", FIND)
        .orFail()
        .out()
        .lines()
        .filter(line -> line.charAt(0) != 'd' || !Files.isDirectory(Path.of(line.substring(2))))
        .map(line -> line.substring(2))
        .filter(path -> !path.startsWith("/var/lib/rpm/"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
