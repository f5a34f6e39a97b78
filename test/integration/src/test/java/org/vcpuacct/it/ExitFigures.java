package org.vcpuacct.it;

import java.util.Map;
import java.util.TreeMap;

/**
 * Exits of a vCPU since its account was opened, or of a span of time.
 *
 * @param byClass by the name of the class
 */
record ExitFigures(long total, Map<String, Long> byClass) {

  /** What was added since an earlier reading. */
  ExitFigures since(ExitFigures earlier) {
    Map<String, Long> added = new TreeMap<>();
    byClass.forEach((name, count) -> added.put(name, count - earlier.of(name)));
    return new ExitFigures(total - earlier.total, added);
  }

  /** The exits of a class. */
  long of(String className) {
    Long count = byClass.get(className);
    if (count == null) {
      throw new AssertionError("no exits of class " + className + " among " + byClass);
    }
    return count;
  }

  /** The classes together. */
  long sum() {
    return byClass.values().stream().mapToLong(Long::longValue).sum();
  }
}
