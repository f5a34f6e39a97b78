package org.vcpuacct.export.notify;

import java.io.Closeable;
import java.io.IOException;
import org.vcpuacct.alarm.Notification;

/** Sends notifications to one target. For one thread. */
interface Sender extends Closeable {

  /**
   * Sends a notification; it may have to be sent again if this fails.
   *
   * @throws IOException if it could not be sent, or was not acknowledged that had to be; the
   *     message says why
   */
  void send(Notification notification) throws IOException, InterruptedException;
}
