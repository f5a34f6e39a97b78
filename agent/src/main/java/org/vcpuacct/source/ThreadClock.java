package org.vcpuacct.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.vcpuacct.host.SchedStat;
import org.vcpuacct.kernel.ProcFile;

/** The scheduler's account of one thread, read from a kept file of /proc. */
public final class ThreadClock implements Closeable {

  private final ProcFile file;
  private final ScratchBuffer buffer;

  /**
   * Opens the account.
   *
   * @param thread folder of the thread in /proc
   * @param buffer scratch space shared with others of the same sampler
   * @throws IOException if the thread has ended
   */
  ThreadClock(Path thread, ScratchBuffer buffer) throws IOException {
    this.buffer = buffer;
    this.file = ProcFile.open(thread.resolve("schedstat"));
  }

  /**
   * What the scheduler says now.
   *
   * @throws IOException if the thread has ended
   */
  public SchedStat read() throws IOException {
    int length = buffer.read(file);
    return SchedStat.parse(buffer.bytes(), length);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
