package org.vcpuacct.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The ledger as the kernel runs it, but attached to no event: it is told by BPF_PROG_TEST_RUN. */
final class BpfLedgerReplay implements LedgerReplay {

  private static final int CAPACITY = 4;
  private static final int ANY_CLASS = 1;
  private static final int NO_SUCH_ACCOUNT = 1;

  /** {@code struct replayed_event} of ledger.bpf.c. */
  private static final int EVENT_BYTES = 6 * Long.BYTES;

  private static final int FIRST_ARGUMENT = 3 * Long.BYTES;

  private final BpfLedger ledger;
  private final Map<Integer, Integer> slots = new HashMap<>();

  private BpfLedgerReplay(BpfLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * Loads the machine into the kernel.
   *
   * @throws KernelException if the kernel refuses it
   */
  static BpfLedgerReplay load() throws IOException {
    return new BpfLedgerReplay(loadLedger(CAPACITY));
  }

  /**
   * Loads a ledger that hears of nothing but what {@link #tell} tells it.
   *
   * @throws KernelException if the kernel refuses it
   */
  static BpfLedger loadLedger(int capacity) throws IOException {
    LedgerSettings settings =
        new LedgerSettings(capacity, new ExitRules(ANY_CLASS), false, Optional.empty());
    return BpfLedger.load(settings, Set.of(LedgerPrograms.REPLAY), Set.of());
  }

  // No program looks for threads here, so that any number does for one. A slot given back long ago
  // is given out again.
  @Override
  public void open(int slot, long openedNs) throws IOException {
    Integer before = slots.remove(slot);
    if (before != null) {
      ledger.close(slot, before, 0);
    }
    slots.put(slot, ledger.open(slot, () -> openedNs));
  }

  @Override
  public void apply(int slot, LedgerEvent event) throws IOException {
    tell(ledger, slots.get(slot), event);
  }

  /** Tells the account in a slot of a ledger of an event. */
  static void tell(BpfLedger ledger, int slot, LedgerEvent event) throws IOException {
    NativeBuffer context = NativeBuffer.allocate(EVENT_BYTES);
    ByteBuffer words = context.bytes();
    words.putLong(slot).putLong(event.kind().ordinal()).putLong(event.nowNs());
    words.position(FIRST_ARGUMENT);
    for (long argument : event.arguments()) {
      words.putLong(argument);
    }
    int result = ledger.run(LedgerPrograms.REPLAY, context);
    if (result != 0 && result != NO_SUCH_ACCOUNT) {
      throw new IOException("replay of " + event + " returned " + result);
    }
  }

  @Override
  public long[] account(int slot) {
    LedgerAccount account = new LedgerAccount();
    ledger.read(slots.get(slot), account);
    return account.words();
  }

  @Override
  public void close() {
    ledger.close();
  }
}
