package org.vcpuacct.overload;

/**
 * Learns how the load answers to how much is let in: {@code load = base + slope * admitted}. The
 * base is what does not depend on it: to receive calls and turn them away, and the guest's own
 * work. All in percent. Not safe for use by two threads.
 */
final class LoadResponse {

  /** Two samples tell of the response if what was let in differs by this part of it. */
  private static final double TELLING = 0.2;

  /** Part of what two samples say that is believed: what is chance evens out. */
  private static final double GAIN = 0.3;

  /** So many samples after one that says nothing, calls that wait are over. */
  private static final int SETTLED = 2;

  /** No more of a load than this is base: at least the rest answers to what is let in. */
  private static final double MAX_BASE = 0.8;

  private double base;
  private double lastAdmitted;
  private double lastLoad;
  private int samples;

  /** Takes a sample of a load that could have been higher. */
  void take(double admitted, double load) {
    double more = admitted - lastAdmitted;
    double slope = (load - lastLoad) / more;
    if (samples >= SETTLED && Math.abs(more) >= TELLING * admitted && slope > 0) {
      base += GAIN * (Math.max(0, load - slope * admitted) - base);
    }
    lastAdmitted = admitted;
    lastLoad = load;
    samples++;
  }

  /** A load that could not be higher, or none: what is left of that shows in the next sample. */
  void miss() {
    samples = 0;
  }

  /**
   * By what to multiply what is let in so that the load becomes the target.
   *
   * @param load the load now, above 0
   */
  double factor(double load, double target) {
    double fixed = Math.min(Math.min(base, MAX_BASE * load), MAX_BASE * target);
    return (target - fixed) / (load - fixed);
  }
}
