package org.vcpuacct.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * The mapped array of {@code struct account}. BPF programs write it on any CPU while it is read: a
 * sequence number tells whether what was read is of one instant.
 */
final class AccountMemory implements AutoCloseable {

  private static final VarHandle WORD =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final int MAX_TRIES = 1_000_000;

  private final MappedArray memory;
  private final ByteBuffer bytes;
  private final LongBuffer words;

  private AccountMemory(MappedArray memory) {
    this.memory = memory;
    this.bytes = memory.bytes();
    this.words = bytes.asLongBuffer();
  }

  /** Maps the accounts of a BPF array. */
  static AccountMemory map(int mapFd, int accounts)
      throws KernelException, NativeUnavailableException {
    return new AccountMemory(
        MappedArray.map("the accounts", mapFd, accounts, AccountLayout.ACCOUNT_BYTES));
  }

  /** Clears a slot that no program writes. None will until it is opened. */
  void clear(int slot) {
    int first = firstWord(slot);
    for (int i = 0; i < AccountLayout.WORDS; i++) {
      words.put(first + i, 0);
    }
    words.put(first + AccountLayout.OPEN_LINE, AccountLayout.LINE_UNKNOWN);
    words.put(first + AccountLayout.RUN_STATE, AccountLayout.RUN_ENDED);
    VarHandle.fullFence();
  }

  /** Opens the account in a cleared slot: programs post to it from now on. */
  void open(int slot, long nowNs) {
    int first = firstWord(slot);
    words.put(first + AccountLayout.OPENED_NS, nowNs);
    words.put(first + AccountLayout.LAST_NS, nowNs);
    VarHandle.releaseFence();
    words.put(first + AccountLayout.RUN_STATE, AccountLayout.RUN_UNKNOWN);
  }

  /**
   * Copies an account, as it is between two events: in one piece, which is quicker than to look for
   * what has changed in it.
   *
   * @param into what was read from the slot before, or a new one; of no use after an error
   */
  void read(int slot, LedgerAccount into) {
    int sequenceAt = slot * AccountLayout.ACCOUNT_BYTES;
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      long before = (long) WORD.getAcquire(bytes, sequenceAt);
      if (before != 0 && before == into.words()[AccountLayout.SEQUENCE]) {
        return; // no event since it was read
      }
      if ((before & 1) == 0) {
        words.get(firstWord(slot), into.words());
        VarHandle.acquireFence();
        if ((long) WORD.getOpaque(bytes, sequenceAt) == before) {
          return;
        }
      }
      Thread.onSpinWait();
    }
    throw new IllegalStateException("account " + slot + " changes without end");
  }

  private static int firstWord(int slot) {
    return slot * (AccountLayout.ACCOUNT_BYTES / Long.BYTES);
  }

  @Override
  public void close() {
    memory.close();
  }
}
