package org.vcpuacct.overload.feed;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.vcpuacct.ledger.Catalogue;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Overload;
import org.vcpuacct.ledger.OverloadLevel;

/**
 * What the file says of a network element. Immutable.
 *
 * @param index permanent index of the network element, vaNeIndex
 * @param measuredNs CLOCK_MONOTONIC at which the load was measured, ns
 * @param validUntilNs CLOCK_MONOTONIC from which on nobody may act on it, ns
 * @param overload what call processing is asked to do
 */
public record OverloadRecord(int index, long measuredNs, long validUntilNs, Overload overload) {

  private static final long NS_PER_MS = 1_000_000;

  /**
   * What holds of a network element.
   *
   * @param measuredNs CLOCK_MONOTONIC of the snapshot that says so, ns
   */
  static OverloadRecord of(NeAccount ne, Overload overload, long measuredNs) {
    return new OverloadRecord(
        ne.index(), measuredNs, measuredNs + overload.validityMs() * NS_PER_MS, overload);
  }

  /** Whether one may act on it. */
  public boolean isValidAt(long nowNs) {
    // Before it was measured it is from before the last boot.
    return nowNs - measuredNs >= 0 && nowNs - validUntilNs < 0;
  }

  /** Puts it where it belongs in a record. */
  void encode(ByteBuffer record) {
    record.putLong(RecordLayout.SEQUENCE_AT, overload.sequence());
    record.putLong(RecordLayout.MEASURED_NS_AT, measuredNs);
    record.putLong(RecordLayout.VALID_UNTIL_NS_AT, validUntilNs);
    record.putInt(RecordLayout.INDEX_AT, index);
    record.putInt(RecordLayout.VALIDITY_MS_AT, overload.validityMs());
    record.put(RecordLayout.LOAD_AT, (byte) overload.load());
    record.put(RecordLayout.REDUCTION_AT, (byte) overload.reduction());
    record.put(RecordLayout.LEVEL_AT, (byte) overload.level().number());
    record.put(RecordLayout.CAUSE_AT, (byte) overload.cause().number());
    record.put(RecordLayout.ALGORITHM_AT, (byte) RecordLayout.ALGORITHM_LOSS);
  }

  /** Takes it out of a record, unless nothing has been said yet of the network element. */
  static Optional<OverloadRecord> decode(ByteBuffer record) {
    if (record.get(RecordLayout.ALGORITHM_AT) == 0) {
      return Optional.empty();
    }
    Overload overload =
        new Overload(
            record.getLong(RecordLayout.SEQUENCE_AT),
            record.getInt(RecordLayout.VALIDITY_MS_AT),
            record.get(RecordLayout.LOAD_AT),
            record.get(RecordLayout.REDUCTION_AT),
            level(record.get(RecordLayout.LEVEL_AT)),
            cause(record.get(RecordLayout.CAUSE_AT)));
    return Optional.of(
        new OverloadRecord(
            record.getInt(RecordLayout.INDEX_AT),
            record.getLong(RecordLayout.MEASURED_NS_AT),
            record.getLong(RecordLayout.VALID_UNTIL_NS_AT),
            overload));
  }

  private static OverloadLevel level(int number) {
    return Catalogue.find(OverloadLevel.values(), OverloadLevel::number, number)
        .orElseThrow(() -> new IllegalStateException("no level " + number));
  }

  private static Cause cause(int number) {
    return Catalogue.find(Cause.values(), Cause::number, number)
        .orElseThrow(() -> new IllegalStateException("no cause " + number));
  }
}
