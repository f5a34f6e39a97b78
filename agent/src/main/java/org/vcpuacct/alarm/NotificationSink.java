package org.vcpuacct.alarm;

import java.util.List;

/** Takes notifications on their way to the managers. */
@FunctionalInterface
public interface NotificationSink {

  /**
   * Takes the next notifications. Called on the sampler's thread: must not block.
   *
   * @param told one or more, by ascending sequence number, that follow those taken before
   */
  void accept(List<Notification> told);
}
