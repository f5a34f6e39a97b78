package org.vcpuacct.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A line of text for each event. What others sent cannot begin a line of its own: line ends in a
 * message become " | ".
 */
final class LineLayout extends LayoutBase<ILoggingEvent> {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());
  private static final Pattern LINE_ENDS = Pattern.compile("[\\r\\n]+\\s*");

  private final boolean forJournal;

  private LineLayout(boolean forJournal) {
    this.forJournal = forJournal;
  }

  /** Time and level in the line, a stack trace on lines of its own. */
  static LineLayout forTerminal() {
    return new LineLayout(false);
  }

  /** Without what the journal notes itself; each line would be an entry, so a trace is in it. */
  static LineLayout forJournal() {
    return new LineLayout(true);
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder();
    if (!forJournal) {
      line.append(TIME.format(event.getInstant()));
      line.append(String.format(Locale.ROOT, " %-5s ", event.getLevel()));
    }
    String logger = event.getLoggerName();
    line.append(logger.substring(logger.lastIndexOf('.') + 1)).append(": ");
    line.append(inOneLine(event.getFormattedMessage()));
    OncePerMinute.more(event).ifPresent(more -> line.append(" (").append(more).append(" more)"));
    if (event.getThrowableProxy() != null) {
      line.append(trace(event.getThrowableProxy()));
    }
    return line.append('\n').toString();
  }

  private String trace(IThrowableProxy fault) {
    String trace = ThrowableProxyUtil.asString(fault).stripTrailing();
    return forJournal ? " | " + inOneLine(trace) : "\n" + trace;
  }

  private static String inOneLine(String text) {
    return LINE_ENDS.matcher(text.strip()).replaceAll(" | ");
  }
}
