package org.vcpuacct.diagnosis;

import static org.vcpuacct.diagnosis.Evidence.percent;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.ne.GuestComparison;

/**
 * The catalogue of likely causes. To add one, add it to {@link #ALL}: the line or exit class that
 * it is measured by, what that means, and the setting to look at.
 */
final class Suspects {

  /** What takes less explains nothing: hundredths of a percent. */
  private static final int NOTICEABLE = 100;

  /** What a guest reports is no more exact than its clock ticks. */
  private static final int NOTICEABLE_HIDDEN = 300;

  private static final int NOTICEABLE_MIGRATIONS = 1;

  private static final String EMULATED_DEVICES =
      "which devices the guest uses that the VMM emulates; virtio with vhost, or ioeventfd, answers"
          + " without it";

  private static final List<Suspect> ALL =
      List.of(
          line(
              Line.THROTTLED,
              "vCPUs that were ready to run were held back by a cgroup's CPU quota",
              HostSettings::quotas),
          line(
              Line.WAIT_PREEMPTED,
              "vCPUs were ready to run while another thread had their pCPU",
              HostSettings::placement),
          line(
              Line.WAIT_WOKEN,
              "vCPUs that were woken had to wait until they got a pCPU",
              HostSettings::placement),
          line(
              Line.WAIT,
              "vCPUs were ready to run and did not; this tier cannot tell for what",
              HostSettings::placement),
          line(
              Line.BLOCKED_HOST,
              "the host made vCPUs sleep for its own reasons: page faults, swap, locks",
              HostSettings::memory),
          line(
              Line.BLOCKED_VMM,
              "vCPUs slept inside the VMM, which waits there for I/O or a lock",
              settings ->
                  "which devices the VMM serves on the vCPU's own thread; give disks an"
                      + " I/O thread"),
          line(
              Line.POLL,
              "the host kept pCPUs busy waiting for the end of halts: it is not the guest's work",
              HostSettings::haltPolling),
          line(
              Line.VMM,
              "the VMM worked in user space on the vCPUs' threads",
              settings -> EMULATED_DEVICES),
          line(
              Line.HOST_KERNEL,
              "the host's kernel worked on the vCPUs' threads; this tier cannot tell for what",
              settings -> "vcpuacct check, which says what a better tier takes"),
          line(
              Line.UNKNOWN,
              "the time is not accounted for",
              settings -> "vcpuacct check, and the limits that the daemon tells"),
          exits(
              ExitClass.MSR_TIMER,
              "the guest sets its timer",
              settings ->
                  "the guest's timer rate: its kernel's tick (CONFIG_HZ, nohz), and programs"
                      + " in it that sleep for short times"),
          exits(
              ExitClass.HLT,
              "the guest goes idle and is woken again",
              settings ->
                  "what wakes the guest so often; for a pCPU of its own: -overcommit"
                      + " cpu-pm=on, or the guest's haltpoll driver. "
                      + settings.haltPolling()),
          exits(ExitClass.IO, "the guest uses I/O ports", settings -> EMULATED_DEVICES),
          exits(ExitClass.MMIO, "the guest uses memory of a device", settings -> EMULATED_DEVICES),
          exits(
              ExitClass.NPF,
              "the host fills in the guest's memory as the guest touches it",
              HostSettings::memory),
          exits(
              ExitClass.EXTERNAL_IRQ,
              "interrupts of the host hit the vCPUs' pCPUs",
              settings -> "/proc/irq/*/smp_affinity_list. " + settings.placement()),
          exits(
              ExitClass.IPI,
              "the guest's vCPUs interrupt one another",
              HostSettings::interruptVirtualisation),
          exits(
              ExitClass.PAUSE,
              "the guest spins on locks, as when the holder's vCPU does not run",
              HostSettings::placement),
          exits(
              ExitClass.NESTED,
              "the guest is a hypervisor itself",
              settings -> "whether the network function has to run in a VM of the guest"),
          migrations("host CPU", Change::pcpuMigrationsPerSecond, HostSettings::placement),
          migrations("NUMA node", Change::nodeMigrationsPerSecond, HostSettings::numaDistances),
          Suspects::threads,
          Suspects::hidden);

  private Suspects() {}

  /** Those that the figures point to, the largest first. */
  static List<LikelyCause> suspected(Evidence evidence) {
    return ALL.stream()
        .flatMap(suspect -> suspect.suspected(evidence).stream())
        .sorted(Comparator.comparingInt(LikelyCause::share).reversed())
        .toList();
  }

  private static Suspect line(Line line, String meaning, Function<HostSettings, String> lookAt) {
    return evidence ->
        noticeable(evidence.now().share(line))
            .map(
                share ->
                    new LikelyCause(
                        share,
                        "%s %s%s%s: %s"
                            .formatted(
                                line.name(),
                                percent(share),
                                evidence.againstBefore(before -> before.share(line)),
                                evidence.worst(change -> change.share(line)),
                                meaning),
                        lookAt.apply(evidence.settings())));
  }

  private static Suspect exits(
      ExitClass exitClass, String meaning, Function<HostSettings, String> lookAt) {
    return evidence ->
        noticeable(evidence.now().exitShare(exitClass))
            .map(
                share ->
                    new LikelyCause(
                        share,
                        "%s exits %s%s, %d a second%s: %s"
                            .formatted(
                                exitClass.name(),
                                percent(share),
                                evidence.againstBefore(before -> before.exitShare(exitClass)),
                                evidence.now().exitsPerSecond(exitClass).orElse(0),
                                evidence.worst(change -> change.exitShare(exitClass)),
                                meaning),
                        lookAt.apply(evidence.settings())));
  }

  /** Caches are cold after each: what that costs is in the guest's own time and no share of it. */
  private static Suspect migrations(
      String what, Function<Change, OptionalLong> ofVcpu, Function<HostSettings, String> lookAt) {
    return evidence -> {
      long aSecond =
          evidence.ne().vms().stream()
              .flatMap(vm -> vm.vcpus().stream())
              .flatMap(vcpu -> vcpu.change(Window.LAST_INTERVAL).stream())
              .mapToLong(change -> ofVcpu.apply(change).orElse(0))
              .sum();
      return Optional.of(
              new LikelyCause(
                  0,
                  "the scheduler moved vCPUs to another %s %d times a second"
                      .formatted(what, aSecond),
                  lookAt.apply(evidence.settings())))
          .filter(cause -> aSecond >= NOTICEABLE_MIGRATIONS);
    };
  }

  /** Other threads compete for CPUs and are the VM's own: worth a look if they take a tenth. */
  private static Optional<LikelyCause> threads(Evidence evidence) {
    return noticeable(evidence.now().threadShare())
        .filter(share -> share >= 10 * NOTICEABLE)
        .map(
            share ->
                new LikelyCause(
                    share,
                    "threads of the VMM that are not vCPUs used %s%s"
                        .formatted(
                            percent(share), evidence.againstBefore(before -> before.threadShare())),
                    "on which CPUs they run: they must not share those of the vCPUs. "
                        + evidence.settings().placement()));
  }

  private static Optional<LikelyCause> hidden(Evidence evidence) {
    return GuestComparison.of(evidence.ne())
        .filter(beside -> beside.hiddenShare() >= NOTICEABLE_HIDDEN)
        .map(
            beside ->
                new LikelyCause(
                    beside.hiddenShare(),
                    "the guests count %s as their own work that was none: they report %s busy"
                        .formatted(percent(beside.hiddenShare()), percent(beside.guestBusyShare())),
                    "the causes above: a guest cannot see exits, polling and waiting; load control"
                        + " must not act on its figure"));
  }

  private static Optional<Integer> noticeable(OptionalInt share) {
    return share.isPresent() && share.getAsInt() >= NOTICEABLE
        ? Optional.of(share.getAsInt())
        : Optional.empty();
  }
}
