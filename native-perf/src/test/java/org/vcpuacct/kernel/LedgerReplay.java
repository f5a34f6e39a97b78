package org.vcpuacct.kernel;

import java.io.IOException;

/** The ledger of ledger.h, fed with events and times of somebody's choice. */
interface LedgerReplay extends AutoCloseable {

  /**
   * Opens a new account in a slot, whatever was there before: time is posted from then on, first to
   * the line of what is not known.
   *
   * @param openedNs CLOCK_MONOTONIC, ns
   */
  void open(int slot, long openedNs) throws IOException;

  /** Tells the account in a slot of an event. One whose thread has ended takes no more. */
  void apply(int slot, LedgerEvent event) throws IOException;

  /** The words of the account in a slot, in the order of {@link AccountWords#NAMES}. */
  long[] account(int slot) throws IOException;

  @Override
  void close() throws IOException;
}
