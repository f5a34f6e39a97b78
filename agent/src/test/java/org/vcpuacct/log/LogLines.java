package org.vcpuacct.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What is written of a class's or package's log while a test listens: a cause once a minute. */
public final class LogLines implements AutoCloseable {

  private final Logger logger;
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final OncePerMinute limit = new OncePerMinute(written, System::nanoTime);

  private LogLines(Logger logger) {
    this.logger = logger;
    written.list = new CopyOnWriteArrayList<>();
    written.start();
    limit.setContext(logger.getLoggerContext());
    limit.start();
    logger.addAppender(limit);
  }

  /** Listens to a class. */
  public static LogLines of(Class<?> type) {
    return new LogLines((Logger) LoggerFactory.getLogger(type));
  }

  /** Listens to the classes of a package. */
  public static LogLines ofPackage(Class<?> inIt) {
    return new LogLines((Logger) LoggerFactory.getLogger(inIt.getPackageName()));
  }

  /** The lines so far, without what the limit adds. */
  public List<String> all() {
    return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Override
  public void close() {
    logger.detachAppender(limit);
    limit.stop();
  }
}
