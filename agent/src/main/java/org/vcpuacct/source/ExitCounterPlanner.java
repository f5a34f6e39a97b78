package org.vcpuacct.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.TracepointFormat;
import org.vcpuacct.kernel.PerfEventGroup;
import org.vcpuacct.ledger.ExitReasons;
import org.vcpuacct.ledger.Isa;

/** Makes the plan of exit counters that fits a host's kernel and CPU. */
final class ExitCounterPlanner {

  private final HostRoot host;

  ExitCounterPlanner(HostRoot host) {
    this.host = host;
  }

  /**
   * The plan for the KVM module that is loaded now. A tracepoint's id changes when its module is
   * reloaded, so a plan is good for as long as something holds the module.
   *
   * @throws NoSuchFileException if there is no tracefs, or no KVM module
   */
  ExitCounterPlan plan() throws IOException {
    TracepointFormat kvmExit = format("kvm_exit");
    Optional<Isa> isa = IsaDetector.detect(host);
    return isa.isEmpty()
        ? ExitCounterPlan.ofTotal(kvmExit)
        : ExitCounterPlan.of(isa.get(), ExitReasons.of(isa.get()), kvmExit, kvmMsr());
  }

  /** Opens the plan's counters on the calling thread, which never exits a guest. */
  PerfEventGroup openOnThisThread(ExitCounterPlan plan) throws IOException {
    Path self = Files.readSymbolicLink(host.proc().resolve("thread-self"));
    int threadId = Integer.parseInt(self.getFileName().toString());
    return PerfEventGroup.open(threadId, plan.events());
  }

  private Optional<TracepointFormat> kvmMsr() throws IOException {
    try {
      return Optional.of(format("kvm_msr"));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private TracepointFormat format(String event) throws IOException {
    Path file = host.tracing().resolve("events/kvm").resolve(event).resolve("format");
    return TracepointFormat.parse(Files.readAllBytes(file));
  }
}
