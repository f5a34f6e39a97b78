package org.vcpuacct.alarm;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes notifications to the daemon's own log. */
public final class Journal implements NotificationSink {

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  @Override
  public void accept(List<Notification> told) {
    for (Notification one : told) {
      if (one.raised()) {
        LOG.warn("alarm {} raised, {}: {}", one.alarm(), one.severity().label(), one.message());
      } else {
        LOG.info("alarm {} cleared: {}", one.alarm(), one.message());
      }
    }
  }
}
