package org.vcpuacct.vm;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;

/** A process that has no VM yet, and when to look at it again. */
final class OtherProcess {

  private static final long FIRST_PAUSE_NS = 1_000_000_000L;
  private static final long LONGEST_PAUSE_NS = 60_000_000_000L;

  private final HostAccess host;
  private final int pid;
  private final Backoff pause;
  private boolean kernelThread;
  private boolean likelyVmm;
  private boolean denied;
  private String name = "";

  OtherProcess(HostAccess host, int pid, long nowNs) {
    this.host = host;
    this.pid = pid;
    this.pause = new Backoff(FIRST_PAUSE_NS, LONGEST_PAUSE_NS, nowNs);
  }

  /** Whether its descriptors are hidden from this process. */
  boolean isDenied() {
    return denied;
  }

  /** Whether it has the name of a VMM. */
  boolean isLikelyVmm() {
    return likelyVmm;
  }

  /** Whether to look now. What has the name of a VMM is about to start a VM. */
  boolean isDue(long nowNs) {
    return !kernelThread && (likelyVmm || pause.isDue(nowNs));
  }

  /** Looks for VMs among the descriptors; empty if there are none, or the process has ended. */
  Optional<ScannedVmm> look(long nowNs) {
    pause.looked(nowNs);
    denied = false;
    try {
      ProcessStat stat = ProcessStat.read(host, pid);
      name = stat.name();
      kernelThread = stat.stat().isKernelThread();
      likelyVmm = !kernelThread && Vmm.ofProgram(name) != Vmm.OTHER;
      KvmFds fds = new KvmFds(host.root().process(pid).resolve("fd"), host.files());
      if (!kernelThread) {
        fds.refresh(true);
      }
      return fds.vms().isEmpty()
          ? Optional.empty()
          : Optional.of(new ScannedVmm(host, pid, stat, fds, nowNs));
    } catch (AccessDeniedException e) {
      denied = true;
    } catch (IOException e) {
      // It ended meanwhile.
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return name + " (process " + pid + ")";
  }
}
