package org.vcpuacct.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPMDCAdapter;

class OncePerMinuteTest {

  private static final long SECOND_NS = 1_000_000_000L;

  private final LoggerContext context = new LoggerContext();
  private final Logger log = context.getLogger("org.vcpuacct.Some");
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE - SECOND_NS);
  private final OncePerMinute limit = new OncePerMinute(written, nowNs::get);

  @BeforeEach
  void listen() {
    context.setMDCAdapter(new NOPMDCAdapter());
    written.start();
    limit.setContext(context);
    limit.start();
    log.addAppender(limit);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void aLineThatComesAgainIsWrittenAtOnceAndThenOnceAMinuteWithHowManyMore() {
    for (int second = 0; second < 125; second++) {
      log.warn("{} is gone, try {}", "nms-1", second);
      pass(1);
    }

    assertThat(lines())
        .containsExactly(
            "nms-1 is gone, try 0", "nms-1 is gone, try 59 +58", "nms-1 is gone, try 119 +59");
  }

  @Test
  void whatWasHeldBackIsWrittenWhenItsMinuteIsOverThoughNothingElseIs() {
    log.info("open");
    log.warn("lost");
    pass(1);
    log.info("open");
    pass(58);
    limit.endMinutes();
    assertThat(lines()).containsExactly("open", "lost");

    pass(1);
    limit.endMinutes();
    assertThat(lines()).containsExactly("open", "lost", "open");
  }

  @Test
  void anotherCauseIsWrittenAtOnce() {
    log.warn("{} is gone", "nms-1");
    log.warn("{} is gone", "nms-2");
    log.error("{} is gone", "nms-1");
    log.warn("{} is late", "nms-1");
    context.getLogger("org.vcpuacct.Some.Other").warn("{} is gone", "nms-1");

    assertThat(lines()).hasSize(5);
  }

  @Test
  void faultsOfOnePlaceAreOneCauseWhateverTheySay() {
    for (int step = 0; step < 3; step++) {
      log.error("left out", new IllegalStateException("step " + step));
    }
    log.error("left out", new IllegalArgumentException("step 3"));

    assertThat(written.list)
        .extracting(event -> event.getThrowableProxy().getMessage())
        .containsExactly("step 0", "step 3");
  }

  @Test
  void aNamedCauseHoldsWhateverTheLineSays() {
    for (int i = 0; i < 1000; i++) {
      log.atWarn().addKeyValue(Cause.KEY, "dropped").log("dropped what {} sent", "peer-" + i);
    }
    assertThat(lines()).containsExactly("dropped what peer-0 sent");

    pass(60);
    limit.endMinutes();
    assertThat(lines()).last().isEqualTo("dropped what peer-999 sent +998");
  }

  @Test
  void inventedCausesFillNeitherTheMemoryNorTheLog() {
    for (int i = 0; i < 100_000; i++) {
      log.warn("no row {}", "row-" + i);
    }
    assertThat(lines()).hasSize(OncePerMinute.MAX_CAUSES + 1);

    pass(60);
    log.warn("no row {}", "another");
    assertThat(lines()).hasSize(OncePerMinute.MAX_CAUSES + 3).last().isEqualTo("no row another");
  }

  private void pass(long seconds) {
    nowNs.addAndGet(seconds * SECOND_NS);
  }

  private List<String> lines() {
    return written.list.stream()
        .map(
            event -> {
              var more = OncePerMinute.more(event);
              return event.getFormattedMessage()
                  + (more.isPresent() ? " +" + more.getAsLong() : "");
            })
        .toList();
  }
}
