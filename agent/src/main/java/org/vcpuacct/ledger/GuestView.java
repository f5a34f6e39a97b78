package org.vcpuacct.ledger;

import java.util.Map;
import org.vcpuacct.guest.GuestReport;

/**
 * What a guest says of its load, and what the host measured of its vCPUs meanwhile. Immutable.
 *
 * @param report what the guest says
 * @param host by vCPU, what the host measured from the one before the last report to the last; a
 *     vCPU whose account does not cover that time is missing
 */
public record GuestView(GuestReport report, Map<Integer, RollUpTimes> host) {

  public GuestView {
    host = Map.copyOf(host);
  }
}
