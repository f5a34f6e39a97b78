package org.vcpuacct.ledger;

/**
 * What call processing is asked to do for a network element. Immutable. The algorithm is that of
 * loss: the reduction is of what would be sent without it, worked out anew from the offered load.
 *
 * @param sequence grows by one at each change of what follows, over restarts of the daemon too
 * @param validityMs for how long a reader may act on it without hearing again, ms
 * @param load effective load, percent: what the vCPUs are not idle for
 * @param reduction percent of new traffic to turn away; 0 if none
 * @param cause what most of the load is for
 */
public record Overload(
    long sequence, int validityMs, int load, int reduction, OverloadLevel level, Cause cause) {}
