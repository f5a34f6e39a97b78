package org.vcpuacct.vm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vcpuacct.kernel.KvmFile;
import org.vcpuacct.kernel.KvmFile.VcpuState;

/** A list of KVM's files made by hand, as the kernel might give it. */
final class BuiltList implements KvmFileList {

  private final List<KvmFile> files = new ArrayList<>();
  private boolean failing;
  private long runs;

  /** A VM that a process has open. */
  BuiltList vm(int process, int fd, long vm) {
    files.add(new KvmFile(process, fd, vm, null));
    return this;
  }

  /** A vCPU that a process has open; thread 0 if none ran it. */
  BuiltList vcpu(int process, int fd, long vm, int id, int thread) {
    files.add(new KvmFile(process, fd, vm, new VcpuState(id, thread, 0, 0)));
    return this;
  }

  /** The process closes the descriptor. */
  BuiltList close(int process, int fd) {
    files.removeIf(file -> file.process() == process && file.fd() == fd);
    return this;
  }

  /** The process closes all. */
  BuiltList end(int process) {
    files.removeIf(file -> file.process() == process);
    return this;
  }

  /** The kernel cannot list any more. */
  void fail() {
    failing = true;
  }

  /** The kernel can list again. */
  void resume() {
    failing = false;
  }

  @Override
  public Optional<List<KvmFile>> list() {
    runs++;
    return failing ? Optional.empty() : Optional.of(files.stream().map(this::afterRun).toList());
  }

  /** The vCPUs have run since the last list. */
  private KvmFile afterRun(KvmFile file) {
    if (!file.isVcpu()) {
      return file;
    }
    VcpuState state = new VcpuState(file.vcpu().id(), file.vcpu().thread(), 1000 * runs, 10 * runs);
    return new KvmFile(file.process(), file.fd(), file.vm(), state);
  }
}
