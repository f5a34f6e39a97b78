package org.vcpuacct.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RepeatLogTest {

  private static final long SECOND_NS = 1_000_000_000L;

  private final Logger logger = (Logger) LoggerFactory.getLogger(RepeatLogTest.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE - SECOND_NS);
  private final RepeatLog log = new RepeatLog(logger, nowNs::get);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
  }

  @Test
  void eachCauseIsSaidOnceAMinute() {
    for (int second = 0; second < 120; second++) {
      log.warn("refused", "refused in second " + second);
      log.warn("gone", "gone in second " + second);
      nowNs.addAndGet(SECOND_NS);
    }

    assertThat(lines())
        .containsExactly(
            "refused in second 0", "gone in second 0", "refused in second 60", "gone in second 60");
  }

  @Test
  void thatAllIsWellIsSaidAtFirstAndAfterAWarning() {
    log.mended("open 1");
    log.mended("open 2");
    log.warn("gone", "gone 1");
    log.mended("open 3");
    log.warn("gone", "gone 2");
    log.mended("open 4");

    assertThat(lines()).containsExactly("open 1", "gone 1", "open 3");
  }

  @Test
  void aFaultIsSaidOnceAMinuteWithWhereItWas() {
    for (int second = 0; second < 60; second++) {
      log.error("row", "not answered", new IllegalStateException("no row"));
      nowNs.addAndGet(SECOND_NS);
    }

    assertThat(lines()).containsExactly("not answered");
    assertThat(lines.list.get(0).getThrowableProxy().getMessage()).isEqualTo("no row");
  }

  @Test
  void inventedCausesAreForgottenAfterAMinuteAndDoNotFillTheLog() {
    for (int i = 0; i < 10_000; i++) {
      log.warn("cause " + i, "line");
    }
    assertThat(lines()).hasSize(64);

    nowNs.addAndGet(60 * SECOND_NS);
    log.warn("another cause", "another line");

    assertThat(lines()).hasSize(65).last().isEqualTo("another line");
  }

  private List<String> lines() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
