package org.vcpuacct.kernel;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.vcpuacct.kernel.KvmFile.VcpuState;

/**
 * Reads the list of KVM's open files that the BPF program {@code kvm_files} writes: {@code struct
 * kvm_file} of ledger.bpf.c for each.
 */
final class KvmFileIterator {

  private static final int LINE_BYTES = 56;
  private static final int KIND_VCPU = 2;
  private static final int BUFFER_BYTES = LINE_BYTES * 1024;

  private final SystemCalls calls;
  private final int link;
  private final NativeBuffer buffer = NativeBuffer.allocate(BUFFER_BYTES);

  /**
   * @param link the program's link
   */
  KvmFileIterator(long link) throws NativeUnavailableException {
    this.calls = NativeAccess.systemCalls();
    this.link = LibBpf.bpf_link__fd(link);
  }

  List<KvmFile> list() throws KernelException {
    int fd = LibBpf.bpf_iter_create(link);
    if (fd < 0) {
      throw new KernelException("bpf_iter_create", -fd);
    }
    try {
      return read(fd);
    } finally {
      calls.close(fd);
    }
  }

  // The kernel fills whole lines as long as there is room, in steps of its own buffer.
  private List<KvmFile> read(int fd) throws KernelException {
    List<KvmFile> files = new ArrayList<>();
    ByteBuffer bytes = buffer.bytes();
    int length = calls.read(fd, buffer);
    while (length > 0) {
      if (length % LINE_BYTES != 0) {
        throw new KernelException("read of the list of KVM's files", Errno.EIO);
      }
      for (int line = 0; line < length; line += LINE_BYTES) {
        files.add(parse(bytes, line));
      }
      length = calls.read(fd, buffer);
    }
    if (length < 0) {
      throw new KernelException("read of the list of KVM's files", -length);
    }
    return files;
  }

  private static KvmFile parse(ByteBuffer bytes, int line) {
    boolean vcpu = bytes.getInt(line) == KIND_VCPU;
    return new KvmFile(
        bytes.getInt(line + 4),
        bytes.getInt(line + 8),
        bytes.getLong(line + 16),
        vcpu ? parseVcpu(bytes, line) : null);
  }

  private static VcpuState parseVcpu(ByteBuffer bytes, int line) {
    return new VcpuState(
        bytes.getInt(line + 12),
        bytes.getInt(line + 32),
        bytes.getLong(line + 40),
        bytes.getLong(line + 48));
  }
}
