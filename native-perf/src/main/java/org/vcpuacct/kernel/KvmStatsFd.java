package org.vcpuacct.kernel;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The binary statistics of a VM or vCPU (KVM_GET_STATS_FD, Linux 5.14), by a duplicate of the file
 * descriptor that its VMM holds. A read interrupts no vCPU.
 *
 * <p>The kernel keeps a VM as long as a statistics descriptor of it is open, after its VMM has
 * ended too. Ask {@link PidFd#alive} at every reading, and close this as soon as the VMM is gone.
 *
 * <p>Not safe for use by two threads.
 */
public final class KvmStatsFd implements Closeable {

  private static final String LINK_PREFIX = "anon_inode:kvm-";
  private static final String LINK_PART = "-stats";
  private static final int CHUNK_SIZE = 16 * 1024;
  private static final int MAX_FILE_SIZE = 1024 * 1024;

  private final SystemCalls calls;
  private final OwnedFd fd;
  private final KvmStatsLayout layout;
  private final NativeBuffer data;

  private KvmStatsFd(SystemCalls calls, OwnedFd fd, KvmStatsLayout layout) {
    this.calls = calls;
    this.fd = fd;
    this.layout = layout;
    this.data = NativeBuffer.allocate(layout.dataSize());
  }

  /**
   * Duplicates a statistics descriptor of a VMM: one whose link in /proc/PID/fd reads {@code
   * anon_inode:kvm-vm-stats} or {@code anon_inode:kvm-vcpu-stats:N}.
   *
   * @param owner the VMM; it stays the caller's to close
   * @param targetFd the descriptor's number in the VMM
   * @throws KernelException {@link Errno#EPERM} without the right to trace the VMM, {@link
   *     Errno#EBADF} if it closed the descriptor, {@link Errno#ESRCH} if it ended, {@link
   *     Errno#ENOSYS} before Linux 5.6
   * @throws KvmStatsFormatException if the descriptor is not, or no longer, one of KVM statistics
   */
  public static KvmStatsFd duplicate(PidFd owner, int targetFd) throws IOException {
    OwnedFd fd = owner.duplicate(targetFd);
    try {
      // The VMM may have closed it and opened something else since its link was looked at.
      Path link = Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd.number()));
      requireStatsLink(link.toString(), owner.pid(), targetFd);
      return open(owner.calls(), fd);
    } catch (IOException | RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  private static void requireStatsLink(String link, int pid, int targetFd)
      throws KvmStatsFormatException {
    if (!link.startsWith(LINK_PREFIX) || !link.contains(LINK_PART)) {
      throw new KvmStatsFormatException(
          "file descriptor " + targetFd + " of process " + pid + " is " + link);
    }
  }

  /** Takes over a descriptor, which is closed with this, or by the caller after an exception. */
  static KvmStatsFd open(SystemCalls calls, OwnedFd fd) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(readWhole(calls, fd)).order(ByteOrder.nativeOrder());
    return new KvmStatsFd(calls, fd, KvmStatsParser.parse(file));
  }

  private static byte[] readWhole(SystemCalls calls, OwnedFd fd) throws IOException {
    NativeBuffer chunk = NativeBuffer.allocate(CHUNK_SIZE);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int count = pread(calls, fd, chunk, 0);
    while (count > 0) {
      byte[] bytes = new byte[count];
      chunk.bytes().get(0, bytes);
      content.writeBytes(bytes);
      if (content.size() > MAX_FILE_SIZE) {
        throw new KvmStatsFormatException("the file is larger than " + MAX_FILE_SIZE + " bytes");
      }
      count = pread(calls, fd, chunk, content.size());
    }
    return content.toByteArray();
  }

  private static int pread(SystemCalls calls, OwnedFd fd, NativeBuffer into, long offset)
      throws KernelException {
    int count = calls.pread(fd.number(), into, offset);
    if (count < 0) {
      throw new KernelException("pread of KVM statistics", -count);
    }
    return count;
  }

  /** Which statistics there are. */
  public KvmStatsLayout layout() {
    return layout;
  }

  /** Reads the values of all statistics with one system call. */
  public KvmStatsSample read() throws IOException {
    int count = pread(calls, fd, data, layout.dataOffset());
    if (count != data.size()) {
      throw new KvmStatsFormatException(
          "the data block of "
              + layout.id()
              + " ends after "
              + count
              + " of "
              + data.size()
              + " bytes");
    }
    byte[] copy = new byte[count];
    data.bytes().get(0, copy);
    return new KvmStatsSample(layout, ByteBuffer.wrap(copy).order(ByteOrder.nativeOrder()));
  }

  /** Lets go of the VM. Closing twice is harmless. */
  @Override
  public void close() {
    fd.close();
  }
}
