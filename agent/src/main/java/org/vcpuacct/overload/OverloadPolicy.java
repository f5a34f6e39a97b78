package org.vcpuacct.overload;

/**
 * When and how much to shed. Immutable. All loads and reductions are in percent.
 *
 * @param on shedding begins when the load has been at least this for {@code samplesOn} samples
 * @param off shedding ends when nothing is shed any more and the load has been below this for
 *     {@code offHoldNs}
 * @param target the load that is aimed at while shedding
 * @param tolerance how far from the target the load may be without a change of the reduction
 * @param stepUp the most by which the reduction grows from one sample to the next
 * @param releasePerSecond the most by which it shrinks in a second
 * @param contentionLimit nothing is shed while the host withholds more than this share of time from
 *     the vCPUs: fewer calls would not give it back
 */
public record OverloadPolicy(
    int on,
    int off,
    int target,
    int tolerance,
    int samplesOn,
    long offHoldNs,
    int stepUp,
    int releasePerSecond,
    int contentionLimit) {

  /** What suits a network element that nothing more is known of; docs/load-shedding.md says why. */
  public static final OverloadPolicy DEFAULT =
      new OverloadPolicy(85, 70, 92, 3, 2, 5_000_000_000L, 20, 30, 25);
}
