package org.vcpuacct.kernel;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small /proc file that is read again and again on a kept file descriptor.
 *
 * <p>Keeping the descriptor spares the path walk, which costs several times the read. A read is one
 * pread(2) from offset 0 into the caller's buffer, and makes no object. A {@link FileChannel} does
 * it: some 110 ns over the bare system call, which is less than a JNA call, and it needs no native
 * library.
 *
 * <p>The file must hand out all its content in one read, as every file does that the kernel makes
 * by single_open() (fs/seq_file.c): stat, schedstat and status of a thread among them. So does a
 * regular file, which stands for them in tests.
 *
 * <p>Interrupting a thread while it reads closes the file, as it does with any {@link FileChannel}.
 */
public final class ProcFile implements Closeable {

  private final Path path;
  private final FileChannel channel;

  private ProcFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Opens a file for reading.
   *
   * @throws java.nio.file.NoSuchFileException if there is none, for example since its thread ended
   * @throws java.nio.file.AccessDeniedException if this process may not read it
   */
  public static ProcFile open(Path path) throws IOException {
    return new ProcFile(path, FileChannel.open(path));
  }

  /** The path by which the file was opened. */
  public Path path() {
    return path;
  }

  /**
   * Reads the whole file; afterwards its bytes lie from 0 to {@code into.limit()}.
   *
   * @param into a buffer larger than the file; a direct one spares a copy
   * @throws KernelException with {@link Errno#ESRCH} if the thread or process of the file ended,
   *     also when another one has taken its number since
   * @throws IOException if the file does not fit, or reading fails for another reason
   */
  public void read(ByteBuffer into) throws IOException {
    into.clear();
    try {
      channel.read(into, 0);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      throw explain(e);
    }
    if (!into.hasRemaining()) {
      throw new IOException(path + " does not fit in " + into.capacity() + " bytes");
    }
    into.flip();
  }

  // The channel reports no errno, only a text in the language of the locale.
  private IOException explain(IOException failure) {
    if (Files.notExists(path)) {
      return new KernelException("pread(" + path + ")", Errno.ESRCH);
    }
    return new IOException("pread(" + path + "): " + failure.getMessage(), failure);
  }

  /** Closes the file descriptor. Closing twice is harmless. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
