package org.vcpuacct.kernel;

import java.io.Closeable;
import java.util.Locale;

/** A file descriptor that this process opened and closes once. Not safe for use by two threads. */
final class OwnedFd implements Closeable {

  private static final int CLOSED = -1;

  private final SystemCalls calls;
  private int number;

  OwnedFd(SystemCalls calls, int number) {
    this.calls = calls;
    this.number = number;
  }

  /**
   * @throws IllegalStateException if it is closed: its number may mean another file by now
   */
  int number() {
    if (number == CLOSED) {
      throw new IllegalStateException("the file descriptor is closed");
    }
    return number;
  }

  /** Closes it, unless that was done before. */
  @Override
  public void close() {
    if (number == CLOSED) {
      return;
    }
    int closing = number;
    number = CLOSED;
    // Whatever else close(2) reports, Linux has released the descriptor.
    if (calls.close(closing) == -Errno.EBADF) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "file descriptor %d was closed by someone else", closing));
    }
  }
}
