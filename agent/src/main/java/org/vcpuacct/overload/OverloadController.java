package org.vcpuacct.overload;

import java.util.Optional;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.Overload;
import org.vcpuacct.ledger.OverloadLevel;

/**
 * Decides, sample by sample, how much of its new traffic a network element is to turn away. Not
 * safe for use by two threads.
 *
 * <p>What is let in is in proportion to the load that it causes: if {@code 1 - reduction} of the
 * traffic makes a load L, {@code (1 - reduction) * target / L} of it makes the target. What part of
 * the load does not depend on it is learnt and left out of account. A vCPU that never idles does
 * not tell how much more there is to do; then half is let in, until it does. Near the target only a
 * part of the difference is made up for. So the reduction needs no knowledge of calls, and stays
 * where it is at a constant load.
 */
final class OverloadController {

  private static final double NS_PER_SECOND = 1e9;
  private static final double PERCENT = 100;
  private static final double SATURATED = 99;
  private static final double SATURATED_FACTOR = 0.5;

  /** From so many points below the target up to saturation, a sample is chance as much as load. */
  private static final double NEAR = 15;

  /** Part of what such a sample asks for that is done: what is chance evens out. */
  private static final double NEAR_GAIN = 1.0 / 3;

  /** With nothing let in there would be nothing to learn from. */
  private static final double MAX_REDUCTION = 99;

  private static final double MAJOR_FROM = 20;
  private static final double CRITICAL_FROM = 50;

  private OverloadPolicy policy;
  private int validityMs;
  private final LoadResponse response = new LoadResponse();

  private boolean shedding;
  private double reduction;
  private int samplesAboveOn;
  private int samplesSaturated;
  private long lastNs;
  private long notBelowOffNs;
  private Overload last;

  /**
   * A controller at rest.
   *
   * @param validityMs for how long what it says is valid, ms
   * @param sequence what it says first has the next sequence number
   * @param nowNs CLOCK_MONOTONIC, ns
   */
  OverloadController(OverloadPolicy policy, int validityMs, long sequence, long nowNs) {
    this.policy = policy;
    this.validityMs = validityMs;
    this.lastNs = nowNs;
    this.notBelowOffNs = nowNs;
    this.last = new Overload(sequence, validityMs, 0, 0, OverloadLevel.NORMAL, Cause.NONE);
  }

  /**
   * Goes on by another policy, from where it is.
   *
   * @param otherValidityMs for how long what it says from now on is valid, ms
   */
  void use(OverloadPolicy other, int otherValidityMs) {
    policy = other;
    validityMs = otherValidityMs;
  }

  /**
   * Takes the newest sample.
   *
   * @param nowNs CLOCK_MONOTONIC at its end, ns
   */
  Overload step(LoadSample sample, long nowNs) {
    double seconds = (nowNs - lastNs) / NS_PER_SECOND;
    lastNs = nowNs;
    boolean contended = sample.contention() > policy.contentionLimit();
    follow(contended ? 0 : sample.own(), nowNs);
    learn(contended, sample.own());
    if (shedding) {
      double wanted = contended ? 0 : wanted(sample.own());
      double least = reduction - policy.releasePerSecond() * seconds;
      reduction = Math.min(Math.max(wanted, least), reduction + policy.stepUp());
    }
    return say(sample, contended);
  }

  /** Nothing is known of the last interval: what was said before is not repeated. */
  Optional<Overload> miss() {
    samplesAboveOn = 0;
    samplesSaturated = 0;
    response.miss();
    return Optional.empty();
  }

  private void follow(double load, long nowNs) {
    samplesAboveOn = load >= policy.on() ? samplesAboveOn + 1 : 0;
    samplesSaturated = load >= SATURATED ? samplesSaturated + 1 : 0;
    if (load >= policy.off()) {
      notBelowOffNs = nowNs;
    }
    if (samplesAboveOn >= policy.samplesOn()) {
      shedding = true;
    } else if (reduction <= 0 && nowNs - notBelowOffNs >= policy.offHoldNs()) {
      shedding = false;
    }
  }

  private void learn(boolean contended, double load) {
    if (contended || load >= SATURATED) {
      response.miss();
    } else {
      response.take(PERCENT - reduction, load);
    }
  }

  private double wanted(double load) {
    double admitted = PERCENT - reduction;
    double factor = response.factor(Math.max(load, 1), policy.target());
    if (Math.abs(factor - 1) * policy.target() <= policy.tolerance()) {
      return reduction;
    }
    if (samplesSaturated >= policy.samplesOn()) {
      factor = Math.min(factor, SATURATED_FACTOR);
    }
    double aim = Math.max(0, Math.min(MAX_REDUCTION, PERCENT - admitted * factor));
    return reduction + gain(load) * (aim - reduction);
  }

  private double gain(double load) {
    boolean near = load < SATURATED && load > policy.target() - NEAR;
    return near ? NEAR_GAIN : 1;
  }

  private Overload say(LoadSample sample, boolean contended) {
    int asked = (int) Math.round(reduction);
    Cause cause = contended ? Cause.CONTENTION : sample.cause();
    int load = (int) Math.round(sample.effective());
    Overload next = new Overload(last.sequence(), validityMs, load, asked, level(asked), cause);
    if (!next.equals(last)) {
      last = new Overload(last.sequence() + 1, validityMs, load, asked, next.level(), cause);
    }
    return last;
  }

  private static OverloadLevel level(int reduction) {
    if (reduction >= CRITICAL_FROM) {
      return OverloadLevel.CRITICAL;
    }
    if (reduction >= MAJOR_FROM) {
      return OverloadLevel.MAJOR;
    }
    return reduction > 0 ? OverloadLevel.MINOR : OverloadLevel.NORMAL;
  }
}
