package org.vcpuacct.vm;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.vcpuacct.vm.KvmDebugFs.VmFolder;

/** Finds the folders in debugfs of one process's VMs. */
final class VmFolders {

  private final KvmDebugFs debugFs;
  private final int pid;
  private final Set<Integer> threads;

  /**
   * @param threads the process's threads
   */
  VmFolders(KvmDebugFs debugFs, int pid, Set<Integer> threads) {
    this.debugFs = debugFs;
    this.pid = pid;
    this.threads = threads;
  }

  /**
   * The folder of each VM whose folder is certain, by descriptor.
   *
   * @param vmFds the process's descriptors of VMs
   */
  Map<Integer, VmFolder> find(Set<Integer> vmFds) {
    Map<Integer, VmFolder> found = new TreeMap<>();
    for (VmFolder folder : debugFs.vms()) {
      if (isMadeByUs(folder) && vmFds.contains(folder.vmFd())) {
        found.put(folder.vmFd(), folder);
      }
    }
    for (VmFolder folder : debugFs.vms()) {
      boolean candidate = vmFds.contains(folder.vmFd()) && !found.containsKey(folder.vmFd());
      if (candidate && isRunByUs(folder)) {
        found.put(folder.vmFd(), folder);
      }
    }
    return found;
  }

  private boolean isMadeByUs(VmFolder folder) {
    return folder.creatorThread() == pid || threads.contains(folder.creatorThread());
  }

  /** For a VM whose creator thread has ended. */
  private boolean isRunByUs(VmFolder folder) {
    return debugFs.vcpus(folder).stream()
        .map(id -> debugFs.vcpuThread(folder, id))
        .anyMatch(thread -> thread.isPresent() && threads.contains(thread.getAsInt()));
  }
}
