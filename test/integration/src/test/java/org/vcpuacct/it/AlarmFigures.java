package org.vcpuacct.it;

import java.util.List;

/**
 * One row of vaAlarmTable, all of one instant.
 *
 * @param ne name of the network element; that there is no such instance if it is the host
 * @param raisedSequence number of the notification that it was raised
 */
record AlarmFigures(
    boolean active,
    long condition,
    String ne,
    long value,
    long threshold,
    String message,
    long raisedSequence) {

  static final int EFFECTIVE_LOAD = 1;
  static final int VM_GONE = 6;
  static final int NE_WITHOUT_VMS = 12;

  static final List<String> COLUMNS =
      List.of(
          "vaAlarmState",
          "vaAlarmCondition",
          "vaAlarmNeName",
          "vaAlarmValue",
          "vaAlarmThreshold",
          "vaAlarmMessage",
          "vaAlarmRaisedSequence");

  private static final int ACTIVE = 1;

  /** The row that has these values, in the order of the columns. */
  static AlarmFigures of(List<Varbind> values) {
    return new AlarmFigures(
        values.get(0).asLong() == ACTIVE,
        values.get(1).asLong(),
        values.get(2).value(),
        values.get(3).asLong(),
        values.get(4).asLong(),
        values.get(5).asText(),
        values.get(6).asLong());
  }
}
