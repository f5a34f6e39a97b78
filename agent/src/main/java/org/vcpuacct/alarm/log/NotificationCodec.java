package org.vcpuacct.alarm.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import org.vcpuacct.alarm.Condition;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.alarm.Severity;
import org.vcpuacct.alarm.Subject;
import org.vcpuacct.ledger.Catalogue;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.ExitClass;

/**
 * A notification as the octets of a record, and back. Numbers are big-endian, texts UTF-8 behind
 * their length; constants of a catalogue are their permanent numbers. The sequence number is the
 * record's.
 */
final class NotificationCodec {

  private static final int VERSION = 1;

  /** Longer ones, which no manager could be sent, are cut off. */
  private static final int MAX_TEXT_CHARS = 2_048;

  /** The number of no constant. */
  private static final int ABSENT = 0;

  private static final int NO_VCPU = -1;

  private NotificationCodec() {}

  static byte[] encode(Notification notification) throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(octets);
    out.writeByte(VERSION);
    out.writeLong(notification.epochMillis());
    out.writeBoolean(notification.raised());
    out.writeLong(notification.alarm());
    out.writeShort(notification.condition().number());
    out.writeShort(notification.severity().number());
    writeSubject(out, notification.subject());
    out.writeLong(notification.value());
    out.writeLong(notification.threshold());
    out.writeInt(notification.heldBack());
    out.writeShort(notification.cause().map(Cause::number).orElse(ABSENT));
    writeText(out, notification.contributors());
    writeText(out, notification.message());
    return octets.toByteArray();
  }

  /**
   * Reads a notification.
   *
   * @throws IOException if these octets are none, or one that only a later version knows
   */
  static Notification decode(long sequence, byte[] octets) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets));
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new MalformedRecordException("its version is " + version + " and not " + VERSION);
    }
    return new Notification(
        sequence,
        in.readLong(),
        in.readBoolean(),
        in.readLong(),
        constant(Condition.values(), Condition::number, in.readShort()),
        constant(Severity.values(), Severity::number, in.readShort()),
        readSubject(in),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        optional(Cause.values(), Cause::number, in.readShort()),
        readText(in),
        readText(in));
  }

  private static void writeSubject(DataOutputStream out, Subject subject) throws IOException {
    out.writeBoolean(subject.ne().isPresent());
    if (subject.ne().isPresent()) {
      out.writeInt(subject.ne().get().index());
      writeText(out, subject.ne().get().name());
    }
    out.writeBoolean(subject.vm().isPresent());
    if (subject.vm().isPresent()) {
      out.writeInt(subject.vm().get().index());
      writeText(out, subject.vm().get().name());
    }
    out.writeInt(subject.vcpu().orElse(NO_VCPU));
    out.writeShort(subject.exitClass().map(ExitClass::number).orElse(ABSENT));
  }

  private static Subject readSubject(DataInputStream in) throws IOException {
    Optional<Subject.Ne> ne =
        in.readBoolean()
            ? Optional.of(new Subject.Ne(in.readInt(), readText(in)))
            : Optional.empty();
    Optional<Subject.Vm> vm =
        in.readBoolean()
            ? Optional.of(new Subject.Vm(in.readInt(), readText(in)))
            : Optional.empty();
    int vcpu = in.readInt();
    return new Subject(
        ne,
        vm,
        vcpu == NO_VCPU ? OptionalInt.empty() : OptionalInt.of(vcpu),
        optional(ExitClass.values(), ExitClass::number, in.readShort()));
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] octets = text.substring(0, Math.min(text.length(), MAX_TEXT_CHARS)).getBytes(UTF_8);
    out.writeInt(octets.length);
    out.write(octets);
  }

  private static String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new MalformedRecordException("a text of " + length + " octets does not end in it");
    }
    return new String(in.readNBytes(length), UTF_8);
  }

  private static <T> Optional<T> optional(T[] catalogue, ToIntFunction<T> number, int wanted)
      throws MalformedRecordException {
    return wanted == ABSENT ? Optional.empty() : Optional.of(constant(catalogue, number, wanted));
  }

  private static <T> T constant(T[] catalogue, ToIntFunction<T> number, int wanted)
      throws MalformedRecordException {
    return Catalogue.find(catalogue, number, wanted)
        .orElseThrow(
            () ->
                new MalformedRecordException(
                    "no "
                        + catalogue.getClass().getComponentType().getSimpleName()
                        + " has the number "
                        + wanted));
  }
}
