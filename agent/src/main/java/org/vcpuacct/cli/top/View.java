package org.vcpuacct.cli.top;

/** What is shown of the network elements and vCPUs. */
enum View {
  OVERVIEW("overview"),
  LINES("lines, % of time"),
  EXITS("exits a second"),
  EXIT_TIME("exits, % of time"),
  ALARMS("alarms and limits"),
  PCPUS("the host's CPUs, % of time");

  private final String title;

  View(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Whether its rows are network elements and vCPUs. */
  boolean isOfVcpus() {
    return this != ALARMS && this != PCPUS;
  }

  /** The digit that selects it. */
  char key() {
    return (char) ('1' + ordinal());
  }

  View next() {
    return values()[(ordinal() + 1) % values().length];
  }
}
