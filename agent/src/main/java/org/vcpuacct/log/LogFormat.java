package org.vcpuacct.log;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How lines of the log are written. */
enum LogFormat {
  /** For people. */
  TEXT {
    @Override
    Encoder<ILoggingEvent> encoder(boolean isJournal) {
      LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
      encoder.setCharset(StandardCharsets.UTF_8);
      encoder.setLayout(isJournal ? LineLayout.forJournal() : LineLayout.forTerminal());
      return encoder;
    }
  },
  /** One JSON object a line. */
  JSON {
    @Override
    Encoder<ILoggingEvent> encoder(boolean isJournal) {
      JsonEncoder encoder = new JsonEncoder();
      encoder.setWithContext(false);
      encoder.setWithMDC(false);
      encoder.setWithNanoseconds(false);
      encoder.setWithSequenceNumber(false);
      // Once, as text: the arguments are in it.
      encoder.setWithMessage(false);
      encoder.setWithArguments(false);
      encoder.setWithFormattedMessage(true);
      return encoder;
    }
  };

  /**
   * Makes lines of events; it is not started.
   *
   * @param isJournal whether systemd's journal reads them, which notes the time itself
   */
  abstract Encoder<ILoggingEvent> encoder(boolean isJournal);

  /** The format of this name; empty if there is none. */
  static Optional<LogFormat> labelled(String label) {
    return Arrays.stream(values())
        .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(label))
        .findFirst();
  }
}
