package org.vcpuacct.ne;

import java.util.Locale;

/**
 * Something that takes time from a network element. Immutable.
 *
 * @param name what takes the time, as an operator knows it: {@code MSR_TIMER exits}
 * @param share hundredths of a percent of the wall time of all its vCPUs together
 */
public record Contributor(String name, int share) {

  private static final double HUNDREDTHS = 100;

  /** {@code MSR_TIMER exits 23.1 %}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %.1f %%", name, share / HUNDREDTHS);
  }
}
