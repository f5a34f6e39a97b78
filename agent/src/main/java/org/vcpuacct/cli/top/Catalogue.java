package org.vcpuacct.cli.top;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of the ledger and the exit classes that the daemon has named so far. What is of a line
 * or class stands at its place in arrays, in all documents that were read with the same catalogue.
 * It only grows: an array that is shorter has nothing at the places that came later.
 */
final class Catalogue {

  private final Labels lines = new Labels();
  private final List<String> rollUps = new ArrayList<>();
  private final Labels exitClasses = new Labels();

  /** The place of a line, which gets one if it was not known. */
  int addLine(String label, String rollUp) {
    int place = lines.add(label);
    if (place == rollUps.size()) {
      rollUps.add(rollUp);
    }
    return place;
  }

  /** The place of an exit class, which gets one if it was not known. */
  int addExitClass(String label) {
    return exitClasses.add(label);
  }

  Labels lines() {
    return lines;
  }

  /** The roll-up of the line at a place. */
  String rollUp(int line) {
    return rollUps.get(line);
  }

  Labels exitClasses() {
    return exitClasses;
  }
}
