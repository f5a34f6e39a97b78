package org.vcpuacct.kernel;

/**
 * An event that perf can count.
 *
 * @param name how messages call it, for example {@code kvm:kvm_exit}
 * @param type PERF_TYPE_* of linux/perf_event.h
 * @param config which event of that type; for a tracepoint its id, from tracefs {@code
 *     events/SYSTEM/EVENT/id}
 * @param filter which hits count, in the language of Documentation/trace/events.rst section 5, for
 *     example {@code exit_reason == 30}; every hit if empty
 */
public record PerfEvent(String name, int type, long config, String filter) {

  private static final int PERF_TYPE_TRACEPOINT = 2;

  /**
   * Every hit of a tracepoint.
   *
   * @param id from tracefs {@code events/SYSTEM/EVENT/id}; it changes when the module is reloaded
   */
  public static PerfEvent tracepoint(String name, long id) {
    return new PerfEvent(name, PERF_TYPE_TRACEPOINT, id, "");
  }

  /** The same event, of which only those hits count that match. */
  public PerfEvent withFilter(String newFilter) {
    return new PerfEvent(name, type, config, newFilter);
  }

  boolean filtered() {
    return !filter.isEmpty();
  }

  /** Its name, and its filter if it has one. */
  @Override
  public String toString() {
    return filtered() ? name + " if " + filter : name;
  }
}
