package org.vcpuacct.benchmarks;

/**
 * One line of /proc/PID/stat or /proc/PID/task/TID/stat whose fields can be replaced. Fields are
 * numbered from 1, as in proc_pid_stat(5).
 */
final class StatLine {

  static final int UTIME = 14;
  static final int STIME = 15;
  static final int NUM_THREADS = 20;
  static final int GUEST_TIME = 43;

  private static final int FIRST_AFTER_COMM = 3;

  private final String comm;
  private final String id;
  private final String[] afterComm;

  private StatLine(String id, String comm, String[] afterComm) {
    this.id = id;
    this.comm = comm;
    this.afterComm = afterComm;
  }

  static StatLine parse(String line) {
    int open = line.indexOf('(');
    int close = line.lastIndexOf(')');
    return new StatLine(
        line.substring(0, open).strip(),
        line.substring(open + 1, close),
        line.substring(close + 1).strip().split(" ", -1));
  }

  StatLine withId(int newId) {
    return new StatLine(Integer.toString(newId), comm, afterComm);
  }

  StatLine withComm(String newComm) {
    return new StatLine(id, newComm, afterComm);
  }

  StatLine with(int field, long value) {
    String[] replaced = afterComm.clone();
    replaced[field - FIRST_AFTER_COMM] = Long.toString(value);
    return new StatLine(id, comm, replaced);
  }

  /** The line as the kernel prints it. */
  @Override
  public String toString() {
    return id + " (" + comm + ") " + String.join(" ", afterComm) + "\n";
  }
}
