package org.vcpuacct.kernel;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The ledger inside the kernel: BPF programs at the tracepoints of KVM and the scheduler, which
 * keep an account of each vCPU in memory that is mapped here. Reading it takes no system call.
 *
 * <p>While it is open the KVM module is in use. Once it is loaded, opening and reading accounts
 * takes no capability. Not safe for use by two threads.
 */
public final class BpfLedger implements Closeable {

  private static final String OBJECT = "ledger.bpf.o";
  private static final String ACCOUNTS = "accounts";
  private static final String SLOTS = "slots";
  private static final String NOTES = "notes";
  private static final String OCCUPANTS = "occupants";

  private final BpfObject object;
  private final AccountMemory accounts;
  private final LedgerSlots slots;
  private final OccupantMemory occupants;
  private final KvmFileIterator kvmFiles;
  private final Set<String> programs;

  private BpfLedger(BpfObject object, Set<String> programs, LedgerSettings settings)
      throws IOException {
    this.object = object;
    this.programs = programs;
    this.accounts = AccountMemory.map(object.mapFd(ACCOUNTS), settings.capacity() + 1);
    this.occupants = OccupantMemory.map(object.mapFd(OCCUPANTS), LibBpf.libbpf_num_possible_cpus());
    this.slots =
        new LedgerSlots(settings.capacity(), object.mapFd(SLOTS), object.mapFd(NOTES), occupants);
    this.kvmFiles = new KvmFileIterator(object.attach(LedgerPrograms.KVM_FILES));
  }

  /**
   * Loads the ledger into the kernel and starts it.
   *
   * @throws NativeUnavailableException if there is no libbpf
   * @throws KernelException if the kernel refuses it: no right, no type information, or no such
   *     tracepoint; says what it complained of
   */
  public static BpfLedger load(LedgerSettings settings) throws IOException {
    KernelException failure = null;
    for (Set<String> programs : LedgerPrograms.alternatives(settings)) {
      try {
        return load(settings, programs, programs);
      } catch (KernelException e) {
        failure = failure == null ? e : failure;
        if (e.errno() == Errno.EPERM) {
          break; // another way needs the same rights
        }
      }
    }
    if (failure == null) {
      throw new IllegalArgumentException("neither SVM nor a record of kvm_exit");
    }
    throw failure;
  }

  /** Loads these programs and starts some of them. */
  static BpfLedger load(LedgerSettings settings, Set<String> programs, Set<String> started)
      throws IOException {
    BpfObject object = BpfObject.open(objectBytes());
    try {
      List<String> loaded = new ArrayList<>(programs);
      loaded.add(LedgerPrograms.KVM_FILES);
      object.loadOnly(Set.copyOf(loaded));
      prepare(object, settings);
      object.load();
      BpfLedger ledger = new BpfLedger(object, programs, settings);
      for (String program : started) {
        object.attach(program);
      }
      return ledger;
    } catch (IOException | RuntimeException e) {
      object.close();
      throw e;
    }
  }

  private static void prepare(BpfObject object, LedgerSettings settings) throws KernelException {
    int slots = settings.capacity() + 1; // the first is nobody's
    object.setMaxEntries(ACCOUNTS, slots);
    object.setMaxEntries(NOTES, slots);
    object.setMaxEntries(SLOTS, settings.capacity());
    object.setMaxEntries(OCCUPANTS, LibBpf.libbpf_num_possible_cpus());
    ByteBuffer variables = object.variables(".rodata", LedgerSettings.sizeBytes());
    settings.writeTo(variables);
  }

  private static byte[] objectBytes() throws IOException {
    try (InputStream stream = BpfLedger.class.getResourceAsStream(OBJECT)) {
      return stream.readAllBytes();
    }
  }

  /** Names of the programs that keep the ledger, as the kernel lists them. */
  public Set<String> programs() {
    return programs;
  }

  /**
   * Opens the account of a thread.
   *
   * @param monotonicNs CLOCK_MONOTONIC, ns; asked when the account's time begins
   * @return the slot that holds it
   * @throws KernelException if the ledger is full
   */
  public int open(int thread, LongSupplier monotonicNs) throws KernelException {
    int slot = slots.take(monotonicNs.getAsLong());
    try {
      slots.prepare(slot);
      accounts.clear(slot);
      slots.assign(thread, slot);
    } catch (KernelException e) {
      slots.release(slot, monotonicNs.getAsLong());
      throw e;
    }
    accounts.open(
        slot, monotonicNs.getAsLong()); // last, so that it does not begin with unknown time
    return slot;
  }

  /**
   * Closes the account of a thread. Its slot is not used again for a second, as a program may be in
   * the midst of an event.
   *
   * @param nowNs CLOCK_MONOTONIC, ns
   */
  public void close(int thread, int slot, long nowNs) {
    slots.unassign(thread);
    slots.release(slot, nowNs);
  }

  /**
   * Reads the account in a slot, between two events.
   *
   * @param into what was read from that slot before, or a new one
   */
  public void read(int slot, LedgerAccount into) {
    accounts.read(slot, into);
  }

  /**
   * Lists the files of KVM that any process has open: VMs and vCPUs.
   *
   * @throws KernelException if the kernel cannot list them
   */
  public List<KvmFile> kvmFiles() throws KernelException {
    return kvmFiles.list();
  }

  /** Runs a loaded program once with the bytes as its context; for tests. */
  int run(String program, NativeBuffer context) throws KernelException {
    return TestRun.run(object.programFd(program), context);
  }

  @Override
  public void close() {
    accounts.close();
    occupants.close();
    object.close();
  }
}
