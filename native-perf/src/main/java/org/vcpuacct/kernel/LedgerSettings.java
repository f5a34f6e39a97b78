package org.vcpuacct.kernel;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What the ledger in the kernel is told before it is loaded.
 *
 * @param capacity how many vCPUs it can hold at a time; each takes 6.6 kB of kernel memory
 * @param exitRules the class of each exit code
 * @param svm whether exits are to be read from AMD's VMCB; otherwise from the tracepoint's record
 * @param exitRecord the layout of that record; empty if it cannot be read
 */
public record LedgerSettings(
    int capacity, ExitRules exitRules, boolean svm, Optional<ExitRecordLayout> exitRecord) {

  private static final int RECORD_BYTES = 5 * Integer.BYTES;
  private static final int NO_FIELD = 0;
  private static final int ANY_REASON = -1;

  /** Above are flags: Intel SDM volume 3, section 25.9.1. */
  private static final int VMX_BASIC_REASON = 0xffff;

  /** Architectures whose CPUs make stores visible in program order. */
  private static final List<String> STRONGLY_ORDERED = List.of("amd64", "x86_64");

  /** Whether exits can be read in one way at least. */
  public boolean tellsExits() {
    return svm || exitRecord.isPresent();
  }

  /** Size of the variable {@code settings} of ledger.bpf.c, bytes. */
  static int sizeBytes() {
    return ExitRules.sizeBytes() + RECORD_BYTES + 2 * Integer.BYTES;
  }

  /** Writes that variable, in the machine's byte order. */
  void writeTo(ByteBuffer settings) {
    settings.putInt(STRONGLY_ORDERED.contains(System.getProperty("os.arch")) ? 1 : 0);
    settings.putInt(exitRules.defaultClass());
    ExitRecordLayout record =
        exitRecord.orElse(new ExitRecordLayout(NO_FIELD, NO_FIELD, NO_FIELD, NO_FIELD));
    settings.putInt(record.exitReason());
    settings.putInt(svm ? ANY_REASON : VMX_BASIC_REASON);
    settings.putInt(record.guestRip());
    settings.putInt(record.info1());
    settings.putInt(record.intrInfo());
    exitRules.writeTo(settings);
  }
}
