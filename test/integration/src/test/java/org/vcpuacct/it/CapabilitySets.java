package org.vcpuacct.it;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The capabilities of a thread, a bit for each as in capabilities(7).
 *
 * @param inheritable what a program gets that has the same in its file
 * @param permitted what the thread can have
 * @param effective what it has
 * @param ambient what any program gets that the thread runs
 */
record CapabilitySets(long inheritable, long permitted, long effective, long ambient) {

  private static final String SCRIPT =
      "sed -n 's/^Cap[^B]..:\\s*//p' \"$1/status\" | tr '\\n' ' ' && cat \"$1/comm\"";

  /** Those of a thread that has them for itself and for whatever it runs. */
  static CapabilitySets ambient(long all) {
    return new CapabilitySets(all, all, all, all);
  }

  /** Those of a thread that has them for itself alone. */
  static CapabilitySets forItself(long own) {
    return new CapabilitySets(0, own, own, 0);
  }

  /** Those of the thread that a process began with: what /proc says of the process. */
  static CapabilitySets of(Host host, int pid) {
    return parse(host.run("sh", "-c", SCRIPT, "sh", "/proc/" + pid).orFail().out());
  }

  /**
   * By the name of the thread; of several with one name, what any of them has. A thread of the JVM
   * may end while it is asked.
   */
  static Map<String, CapabilitySets> byThread(Host host, int pid) {
    String each = "for task in /proc/%d/task/*; do set -- $task; %s; done".formatted(pid, SCRIPT);
    return host.run("sh", "-c", each)
        .out()
        .lines()
        .filter(line -> line.split(" ", 5).length == 5)
        .collect(
            Collectors.toMap(
                line -> line.split(" ", 5)[4],
                CapabilitySets::parse,
                CapabilitySets::or,
                TreeMap::new));
  }

  private CapabilitySets or(CapabilitySets other) {
    return new CapabilitySets(
        inheritable | other.inheritable,
        permitted | other.permitted,
        effective | other.effective,
        ambient | other.ambient);
  }

  private static CapabilitySets parse(String line) {
    String[] words = line.split(" ", 5);
    return new CapabilitySets(bits(words[0]), bits(words[1]), bits(words[2]), bits(words[3]));
  }

  private static long bits(String hexadecimal) {
    return Long.parseUnsignedLong(hexadecimal, 16);
  }

  @Override
  public String toString() {
    return "i %x p %x e %x a %x".formatted(inheritable, permitted, effective, ambient);
  }
}
