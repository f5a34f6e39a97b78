package org.vcpuacct.alarm;

/** Finds the subjects of one condition, and their figures. To be asked once a step. */
@FunctionalInterface
interface Measure {

  /** Tells each subject that is there, once. */
  void observe(Observation seen, Figures figures);

  /** Follows other settings from the next step on; most measures follow none. */
  default void use(AlarmSettings settings) {}
}
