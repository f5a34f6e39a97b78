package org.vcpuacct.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What lines of the log have in common that say the same again: who writes them, the level, and the
 * value of the key {@link #KEY} where the line has one. Else the message, its arguments but
 * numbers, as those say how much and not what, and the class and place of an exception.
 */
public record Cause(String logger, Level level, String what) {

  /** Key of an event whose text differs each time, such as one that repeats what others sent. */
  public static final String KEY = "cause";

  private static final int MAX_CHARACTERS = 512;

  static Cause of(ILoggingEvent event) {
    String what = named(event).orElseGet(() -> told(event));
    return new Cause(
        event.getLoggerName(),
        event.getLevel(),
        what.substring(0, Math.min(what.length(), MAX_CHARACTERS)));
  }

  /** The same for all lines of this logger and level. */
  Cause coarse() {
    return new Cause(logger, level, "");
  }

  private static Optional<String> named(ILoggingEvent event) {
    return Optional.ofNullable(event.getKeyValuePairs()).orElse(List.of()).stream()
        .filter(pair -> pair.key.equals(KEY))
        .map(pair -> String.valueOf(pair.value))
        .findFirst();
  }

  private static String told(ILoggingEvent event) {
    Object[] arguments = Objects.requireNonNullElse(event.getArgumentArray(), new Object[0]);
    return Arrays.stream(arguments)
        .filter(argument -> !(argument instanceof Number))
        .map(String::valueOf)
        .collect(Collectors.joining("\n", event.getMessage() + "\n", place(event)));
  }

  private static String place(ILoggingEvent event) {
    IThrowableProxy fault = event.getThrowableProxy();
    if (fault == null) {
      return "";
    }
    StackTraceElementProxy[] frames = fault.getStackTraceElementProxyArray();
    return "\n" + fault.getClassName() + (frames.length == 0 ? "" : frames[0].getSTEAsString());
  }
}
