package org.vcpuacct.export.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.snmp4j.smi.UdpAddress;

class RefusalLogTest {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final UdpAddress PEER = new UdpAddress("192.0.2.7/40000");

  private final Logger logger = (Logger) LoggerFactory.getLogger(RefusalLog.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE - SECOND_NS);

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
  void aFloodIsOneLineEveryTenSeconds() {
    RefusalLog log = new RefusalLog(nowNs::get);

    for (int i = 0; i < 1000; i++) {
      log.dropped(PEER, "malformed");
    }
    nowNs.addAndGet(9 * SECOND_NS);
    log.dropped(PEER, "malformed");
    nowNs.addAndGet(SECOND_NS);
    log.dropped(PEER, "unknown community");

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "dropped an SNMP message of 192.0.2.7/40000: malformed; 0 more since the last line",
            "dropped an SNMP message of 192.0.2.7/40000: unknown community;"
                + " 1000 more since the last line");
  }
}
