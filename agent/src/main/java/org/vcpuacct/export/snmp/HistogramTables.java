package org.vcpuacct.export.snmp;

import static org.vcpuacct.mib.VcpuAcctMib.VA_EXIT_DURATION_COUNT;
import static org.vcpuacct.mib.VcpuAcctMib.VA_EXIT_DURATION_ENTRY;
import static org.vcpuacct.mib.VcpuAcctMib.VA_LATENCY_COUNT;
import static org.vcpuacct.mib.VcpuAcctMib.VA_LATENCY_ENTRY;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.Log2Histogram;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;

/** vaExitDurationTable and vaLatencyTable: a row is a bucket, its value how many are in it. */
final class HistogramTables {

  private HistogramTables() {}

  /** Adds the buckets of a vCPU. */
  @FunctionalInterface
  private interface Buckets {
    void addTo(List<Row<Long>> rows, ExactDetail detail, int vmIndex, int vcpuIndex);
  }

  static Table<Long> exitDurations() {
    return table(VA_EXIT_DURATION_ENTRY, VA_EXIT_DURATION_COUNT, HistogramTables::addExitDurations);
  }

  static Table<Long> latencies() {
    return table(VA_LATENCY_ENTRY, VA_LATENCY_COUNT, HistogramTables::addLatencies);
  }

  private static Table<Long> table(String entry, String count, Buckets buckets) {
    return Table.of(entry, snapshot -> rows(snapshot, buckets))
        .column(count, Variables::counter64)
        .build();
  }

  private static List<Row<Long>> rows(Snapshot snapshot, Buckets buckets) {
    List<Row<Long>> rows = new ArrayList<>();
    for (VmAccount vm : snapshot.vms()) {
      for (VcpuAccount vcpu : vm.vcpus()) {
        vcpu.reading()
            .detail()
            .ifPresent(detail -> buckets.addTo(rows, detail, vm.index(), VcpuTable.index(vcpu)));
      }
    }
    return rows;
  }

  private static void addExitDurations(
      List<Row<Long>> rows, ExactDetail detail, int vmIndex, int vcpuIndex) {
    for (ExitClass exitClass : ExitClass.values()) {
      Log2Histogram durations = detail.exitTimes().durations(exitClass);
      addBuckets(rows, durations, vmIndex, vcpuIndex, exitClass.number());
    }
  }

  private static void addLatencies(
      List<Row<Long>> rows, ExactDetail detail, int vmIndex, int vcpuIndex) {
    addBuckets(rows, detail.scheduling().latency(), vmIndex, vcpuIndex);
  }

  /** An account's bucket never becomes empty again: a row that was shown stays. */
  private static void addBuckets(
      List<Row<Long>> rows, Log2Histogram histogram, int... indexBeforeBucket) {
    for (int bucket = 0; bucket < Log2Histogram.BUCKETS; bucket++) {
      long count = histogram.count(bucket);
      if (count > 0) {
        int[] index = Arrays.copyOf(indexBeforeBucket, indexBeforeBucket.length + 1);
        index[indexBeforeBucket.length] = number(bucket);
        rows.add(new Row<>(count, index));
      }
    }
  }

  /** The VcpuAcctLog2Bucket of a bucket, which counts from 1. */
  static int number(int bucket) {
    return bucket + 1;
  }
}
