package org.vcpuacct.kernel;

import java.util.ArrayList;
import java.util.List;

/** The 64-bit words of {@code struct account} in ledger.h, in their order. */
final class AccountWords {

  static final int LINES = 12;
  static final int GUEST_MODES = 3;
  static final int EXIT_CLASSES = 22;
  static final int BUCKETS = 32;

  private static final List<String> STATE =
      List.of(
          "sequence",
          "openedNs",
          "lastNs",
          "openLine",
          "exitClass",
          "place",
          "runState",
          "userHalted");

  private static final List<String> COUNTS = List.of("entries", "exitsTotal", "userExits");

  private static final List<String> FIGURES =
      List.of(
          "lastOtherCode",
          "cpu",
          "node",
          "switches",
          "cpuMigrations",
          "nodeMigrations",
          "missedWakeups",
          "latencyMaxNs",
          "episodeNs",
          "throttledMarkNs",
          "kernelKnown",
          "kernelExitsBase",
          "missedExits",
          "kernelPollBaseNs",
          "kernelPollNs",
          "pollOffCpuNs",
          "runDelayKnown",
          "kernelRunDelayBaseNs",
          "kernelRunDelayNs",
          "runDelayBaseNs",
          "runDelayNs");

  /** A name for each word. */
  static final List<String> NAMES = names();

  private AccountWords() {}

  private static List<String> names() {
    List<String> names = new ArrayList<>(STATE);
    addArray(names, "lines", LINES);
    names.addAll(COUNTS);
    addArray(names, "exitsByMode", GUEST_MODES);
    names.addAll(FIGURES);
    for (int exitClass = 0; exitClass < EXIT_CLASSES; exitClass++) {
      names.add(element("exits", exitClass) + ".count");
      names.add(element("exits", exitClass) + ".ns");
    }
    addArray(names, "latencyLog2", BUCKETS);
    for (int exitClass = 0; exitClass < EXIT_CLASSES; exitClass++) {
      addArray(names, element("exitLog2", exitClass), BUCKETS);
    }
    return List.copyOf(names);
  }

  private static void addArray(List<String> names, String array, int length) {
    for (int i = 0; i < length; i++) {
      names.add(element(array, i));
    }
  }

  /** The name of an element of an array. */
  static String element(String array, int index) {
    return array + "[" + index + "]";
  }
}
