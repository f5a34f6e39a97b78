package org.vcpuacct.state;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Held by the one daemon that uses a state folder. The kernel takes it from a process that ends,
 * however it ends.
 */
public final class InstanceLock implements Closeable {

  private static final String FILE = "lock";
  private static final int MAX_PID_BYTES = 20;

  private final FileChannel channel;

  private InstanceLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder, which is made if need be.
   *
   * @throws InUseException if another process has it
   * @throws IOException if the folder cannot be written
   */
  public static InstanceLock take(Path stateDir) throws IOException {
    Files.createDirectories(stateDir);
    FileChannel channel = FileChannel.open(stateDir.resolve(FILE), CREATE, READ, WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new InUseException(stateDir, read(channel));
      }
      channel.truncate(0);
      channel.write(US_ASCII.encode(Long.toString(ProcessHandle.current().pid())), 0);
      return new InstanceLock(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(MAX_PID_BYTES);
    channel.read(pid, 0);
    return US_ASCII.decode(pid.flip()).toString();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
