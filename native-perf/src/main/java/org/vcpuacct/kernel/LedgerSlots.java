package org.vcpuacct.kernel;

import java.util.ArrayDeque;
import java.util.Deque;

/** Which slot of the ledger belongs to which thread. */
final class LedgerSlots {

  private static final long REST_NS = 1_000_000_000L;

  /** A slot that a program may still write to, for an instant. */
  private record Resting(int slot, long sinceNs) {}

  private final int capacity;
  private final BpfMap threads;
  private final BpfMap notes;
  private final OccupantMemory occupants;
  private final Deque<Resting> resting = new ArrayDeque<>();
  private int used;

  /**
   * @param threads descriptor of the map from a thread to its slot
   * @param notes descriptor of the map from a slot to what the programs note of its thread
   * @param occupants what each pCPU remembers of both
   */
  LedgerSlots(int capacity, int threads, int notes, OccupantMemory occupants) {
    this.capacity = capacity;
    this.threads = new BpfMap("slots", threads);
    this.notes = new BpfMap("notes", notes);
    this.occupants = occupants;
  }

  /**
   * Takes a slot that nobody has.
   *
   * @throws KernelException if all are taken
   */
  int take(long nowNs) throws KernelException {
    if (!resting.isEmpty() && nowNs - resting.peek().sinceNs() > REST_NS) {
      return resting.remove().slot();
    }
    if (used == capacity) {
      throw new KernelException(
          "open an account in the ledger", Errno.ENOSPC, "it holds " + capacity);
    }
    used++;
    return used; // slot 0 is nobody's
  }

  /** Gives a slot back. */
  void release(int slot, long nowNs) {
    resting.add(new Resting(slot, nowNs));
  }

  /** Forgets what programs noted of the thread that had the slot. */
  void prepare(int slot) throws KernelException {
    notes.clear(slot);
  }

  /** From now on the events of a thread go to a slot. */
  void assign(int thread, int slot) throws KernelException {
    threads.putInt(thread, slot);
    occupants.outdate();
  }

  /** From now on nobody's events go to the slot of this thread. */
  void unassign(int thread) {
    threads.remove(thread);
    occupants.outdate();
  }
}
