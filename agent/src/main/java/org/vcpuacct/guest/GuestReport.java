package org.vcpuacct.guest;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of a guest's load now. Immutable.
 *
 * @param state how the asking goes
 * @param last the last load that the guest told, however old
 * @param before the one before it; empty if there is none, or the guest was started again since
 * @param sinceNs CLOCK_MONOTONIC of the first load since which the guest's times are one series,
 *     ns: the guest had been found, or had been started again; empty if it has told none
 * @param ageNs time since {@code last}, ns; empty if there is none
 * @param message why the state is what it is and what would mend it, fit for a terminal; empty if
 *     all is well
 */
public record GuestReport(
    GuestState state,
    Optional<GuestLoad> last,
    Optional<GuestLoad> before,
    OptionalLong sinceNs,
    OptionalLong ageNs,
    String message) {}
