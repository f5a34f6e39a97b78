package org.vcpuacct.alarm;

/** Takes the figures of one condition at one instant. A subject that is not told is not there. */
interface Figures {

  /** Whether a subject with this figure, or a smaller one, has to be told at all. */
  boolean needs(long figure);

  /** A subject and its figure. */
  void known(Subject subject, long figure);

  /** A subject whose figure is this or more: enough to raise an alarm, and never to clear one. */
  void atLeast(Subject subject, long figure);

  /** A subject that is there, and whose figure is not known. */
  void unknown(Subject subject);
}
