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

  /** All of an account but its histograms: replaces what was read before once it is complete. */
  private final long[] head = new long[AccountLayout.LATENCY_LOG2];

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
   * Copies an account, as it is between two events.
   *
   * @param into what was read from the slot before, or a new one
   */
  void read(int slot, LedgerAccount into) {
    int sequenceAt = slot * AccountLayout.ACCOUNT_BYTES;
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      long before = (long) WORD.getAcquire(bytes, sequenceAt);
      if (before != 0 && before == into.words()[AccountLayout.SEQUENCE]) {
        return; // no event since it was read
      }
      if ((before & 1) == 0) {
        copyHistograms(firstWord(slot), into.words());
        VarHandle.acquireFence();
        if ((long) WORD.getOpaque(bytes, sequenceAt) == before) {
          System.arraycopy(head, 0, into.words(), 0, head.length);
          return;
        }
      }
      Thread.onSpinWait();
    }
    throw new IllegalStateException("account " + slot + " changes without end");
  }

  // Most of an account are histograms, and most of them have not changed since they were last read.
  // An exit's duration is only known at its end: the class open then may have got one more.
  private void copyHistograms(int first, long[] into) {
    words.get(first, head);
    for (int exitClass = 0; exitClass < AccountLayout.EXIT_CLASSES; exitClass++) {
      int count = AccountLayout.EXITS + 2 * exitClass;
      if (head[count] != into[count] || exitClass == into[AccountLayout.EXIT_CLASS]) {
        copyHistogram(first, LedgerAccount.histogramOf(exitClass), into);
      }
    }
    if (head[AccountLayout.SWITCHES] != into[AccountLayout.SWITCHES]) {
      copyHistogram(first, AccountLayout.LATENCY_LOG2, into);
    }
  }

  private void copyHistogram(int first, int offset, long[] into) {
    words.get(first + offset, into, offset, AccountLayout.BUCKETS);
  }

  private static int firstWord(int slot) {
    return slot * (AccountLayout.ACCOUNT_BYTES / Long.BYTES);
  }

  @Override
  public void close() {
    memory.close();
  }
}
