package org.vcpuacct.it;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The documented commands that something else than the tests of the documents runs,
 * test/docs/elsewhere.tsv: what takes long, boots a lab of its own, or needs an installed host.
 */
final class Elsewhere {

  private static final Path FILE = Project.ROOT.resolve("test/docs/elsewhere.tsv");
  private static final int COLUMNS = 3;

  /**
   * Where a command is run.
   *
   * @param file the file that runs it
   * @param text what stands in that file
   */
  record Run(String file, String text) {

    /** Whether it stands there. */
    boolean isThere() {
      return Documents.text(Project.ROOT.resolve(file)).contains(text);
    }
  }

  private final Map<String, Run> runs = new LinkedHashMap<>();

  private Elsewhere() {}

  /** Reads the list. */
  static Elsewhere read() {
    Elsewhere elsewhere = new Elsewhere();
    Documents.text(FILE).lines().filter(line -> !line.startsWith("#")).forEach(elsewhere::add);
    return elsewhere;
  }

  private void add(String line) {
    String[] columns = line.split("\t", -1);
    if (columns.length != COLUMNS) {
      throw new IllegalStateException(FILE + ": not command, file and text: " + line);
    }
    if (runs.put(columns[0], new Run(columns[1], columns[2])) != null) {
      throw new IllegalStateException(FILE + ": twice: " + columns[0]);
    }
  }

  /** Where each is run, by command. */
  Map<String, Run> runs() {
    return Map.copyOf(runs);
  }

  /** Whether something else runs this command. */
  boolean has(String command) {
    return runs.containsKey(command);
  }
}
