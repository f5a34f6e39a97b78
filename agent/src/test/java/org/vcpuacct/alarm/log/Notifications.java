package org.vcpuacct.alarm.log;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.LongStream;
import org.vcpuacct.alarm.Condition;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.alarm.Severity;
import org.vcpuacct.alarm.Subject;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.ExitClass;

/** Notifications for tests: odd numbers raise an alarm, the even one behind clears it. */
public final class Notifications {

  private Notifications() {}

  /** The notification of a number. */
  public static Notification number(long sequence) {
    boolean raised = sequence % 2 == 1;
    return new Notification(
        sequence,
        1_700_000_000_000L + sequence,
        raised,
        raised ? sequence : sequence - 1,
        Condition.EFFECTIVE_LOAD,
        Severity.MAJOR,
        Subject.of(new Subject.Ne(1, "mme-1")),
        9_000,
        8_500,
        0,
        Optional.of(Cause.DEMAND),
        "guest 80 %, exits 10 %",
        "effective load of mme-1 is 90 %");
  }

  /** Those of a range of numbers, the last one included. */
  public static List<Notification> range(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(Notifications::number).toList();
  }

  /** One with anything in it. */
  static Notification random(long sequence, Random random) {
    return new Notification(
        sequence,
        random.nextLong(),
        random.nextBoolean(),
        random.nextLong(),
        anyOf(Condition.values(), random),
        anyOf(Severity.values(), random),
        subject(random),
        random.nextLong(),
        random.nextLong(),
        random.nextInt(),
        maybe(anyOf(Cause.values(), random), random),
        text(random),
        text(random));
  }

  private static Subject subject(Random random) {
    return new Subject(
        maybe(new Subject.Ne(random.nextInt(), text(random)), random),
        maybe(new Subject.Vm(random.nextInt(), text(random)), random),
        random.nextBoolean() ? OptionalInt.of(random.nextInt(1_000)) : OptionalInt.empty(),
        maybe(anyOf(ExitClass.values(), random), random));
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(300), 0, 0xD800)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static <T> Optional<T> maybe(T value, Random random) {
    return random.nextBoolean() ? Optional.of(value) : Optional.empty();
  }

  private static <T> T anyOf(T[] values, Random random) {
    return values[random.nextInt(values.length)];
  }
}
