package org.vcpuacct.guest;

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

class StateLogTest {

  private static final long SECOND_NS = 1_000_000_000L;

  private final AtomicLong clockNs = new AtomicLong();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(StateLog.class);
  private final StateLog log = new StateLog("mme-1", clockNs::get);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  @Test
  void saysEachChangeOnce() {
    note(GuestState.OK, 0);
    note(GuestState.OK, 5);
    note(GuestState.NOT_ANSWERING, 10);
    note(GuestState.NOT_ANSWERING, 100);

    assertThat(said())
        .containsExactly(
            "guest mme-1 tells its load", "guest mme-1 does not tell its load: not answering: why");
  }

  @Test
  void saysTheSameAtMostOnceAMinuteAndInTheEndWhatHolds() {
    for (int second = 0; second < 60; second += 2) {
      note(GuestState.OK, second);
      note(GuestState.REFUSED, second + 1);
    }
    assertThat(said()).hasSize(2);

    note(GuestState.OK, 60);
    note(GuestState.OK, 65);
    assertThat(said()).hasSize(3).last().isEqualTo("guest mme-1 tells its load");
  }

  private void note(GuestState state, long second) {
    clockNs.set(second * SECOND_NS);
    log.note(state, "why");
  }

  private List<String> said() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
