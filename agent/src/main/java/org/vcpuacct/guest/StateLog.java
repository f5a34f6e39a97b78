package org.vcpuacct.guest;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when a guest's state changes, and the same of it at most once a minute. For one thread. */
final class StateLog {

  private static final Logger LOG = LoggerFactory.getLogger(StateLog.class);
  private static final long MIN_INTERVAL_NS = 60_000_000_000L;

  private final String guest;
  private final LongSupplier monotonicNs;
  private final Map<GuestState, Long> saidNs = new EnumMap<>(GuestState.class);
  private Optional<GuestState> said = Optional.empty();

  /**
   * @param guest name of the VM
   */
  StateLog(String guest, LongSupplier monotonicNs) {
    this.guest = guest;
    this.monotonicNs = monotonicNs;
  }

  /** Notes a state; what was left unsaid is said when its minute is over, if it still holds. */
  void note(GuestState state, String message) {
    long nowNs = monotonicNs.getAsLong();
    if (said.equals(Optional.of(state)) || !mayBeSaid(state, nowNs)) {
      return;
    }
    if (state == GuestState.OK) {
      LOG.info("guest {} tells its load", guest);
    } else {
      LOG.warn("guest {} does not tell its load: {}: {}", guest, state.label(), message);
    }
    saidNs.put(state, nowNs);
    said = Optional.of(state);
  }

  private boolean mayBeSaid(GuestState state, long nowNs) {
    return !saidNs.containsKey(state) || nowNs - saidNs.get(state) >= MIN_INTERVAL_NS;
  }
}
