package org.vcpuacct.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Sets logging up, when Logback asks for it: one line a message on standard error, as {@code
 * VCPUACCT_LOG} (a level) and {@code VCPUACCT_LOG_FORMAT} (text or json) of the environment say.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogConfigurator extends ContextAwareBase implements Configurator {

  static final String LEVEL = "VCPUACCT_LOG";
  static final String FORMAT = "VCPUACCT_LOG_FORMAT";

  private static final Level DEFAULT_LEVEL = Level.INFO;

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Map<String, String> environment = System.getenv();
    Optional<String> level = Optional.ofNullable(environment.get(LEVEL));
    Optional<String> format = Optional.ofNullable(environment.get(FORMAT));
    Optional<LogFormat> known = format.flatMap(LogFormat::labelled);
    boolean isJournal = JournalStream.isStandardError(environment);

    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(oncePerMinute(encoder(known.orElse(LogFormat.TEXT), isJournal)));
    Logger own = context.getLogger("org.vcpuacct");
    own.setLevel(Level.toLevel(level.orElse(""), DEFAULT_LEVEL));
    // It warns of what clients send: any of them could fill the journal.
    context.getLogger("org.eclipse.jetty").setLevel(Level.ERROR);

    if (level.isPresent()
        && !own.getLevel().levelStr.equals(level.get().toUpperCase(Locale.ROOT))) {
      own.warn("{} is no level for {}; write ERROR, WARN, INFO or DEBUG", level.get(), LEVEL);
    }
    if (format.isPresent() && known.isEmpty()) {
      own.warn("{} is no format for {}; write text or json", format.get(), FORMAT);
    }
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private Encoder<ILoggingEvent> encoder(LogFormat format, boolean isJournal) {
    Encoder<ILoggingEvent> encoder = format.encoder(isJournal);
    return started(isJournal ? new PriorityEncoder(started(encoder)) : encoder);
  }

  private Encoder<ILoggingEvent> started(Encoder<ILoggingEvent> encoder) {
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  private OncePerMinute oncePerMinute(Encoder<ILoggingEvent> encoder) {
    ConsoleAppender<ILoggingEvent> standardError = new ConsoleAppender<>();
    standardError.setContext(context);
    standardError.setTarget("System.err");
    standardError.setEncoder(encoder);
    standardError.start();
    OncePerMinute limit = new OncePerMinute(standardError, System::nanoTime);
    limit.setContext(context);
    limit.start();
    return limit;
  }
}
