package org.vcpuacct.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.util.Arrays;

/**
 * Begins each line with its priority, as systemd's journal takes it off again (sd-daemon(3)):
 * {@code <3>} for an error, {@code <4>} for a warning, {@code <6>} for information, {@code <7>}
 * below.
 */
final class PriorityEncoder extends EncoderBase<ILoggingEvent> {

  private final Encoder<ILoggingEvent> line;

  /**
   * Adds to the lines of another.
   *
   * @param line one line for each event; it is started
   */
  PriorityEncoder(Encoder<ILoggingEvent> line) {
    this.line = line;
  }

  @Override
  public byte[] headerBytes() {
    return line.headerBytes();
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    byte[] prefix = ("<" + priority(event.getLevel()) + ">").getBytes(US_ASCII);
    byte[] rest = line.encode(event);
    byte[] all = Arrays.copyOf(prefix, prefix.length + rest.length);
    System.arraycopy(rest, 0, all, prefix.length, rest.length);
    return all;
  }

  @Override
  public byte[] footerBytes() {
    return line.footerBytes();
  }

  private static int priority(Level level) {
    return switch (level.toInt()) {
      case Level.ERROR_INT -> 3;
      case Level.WARN_INT -> 4;
      case Level.INFO_INT -> 6;
      default -> 7;
    };
  }
}
