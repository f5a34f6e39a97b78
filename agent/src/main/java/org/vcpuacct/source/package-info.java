/**
 * Where the figures come from: one {@link org.vcpuacct.source.AccountSource} for each tier.
 *
 * <p>A source opens a meter for each vCPU. A meter that finds its own figures wrong says so and is
 * replaced by one of the next tier: it never hands out a figure that it cannot vouch for.
 */
package org.vcpuacct.source;
