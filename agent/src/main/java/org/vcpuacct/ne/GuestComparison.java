package org.vcpuacct.ne;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.vcpuacct.guest.GuestCpu;
import org.vcpuacct.guest.GuestLoad;
import org.vcpuacct.ledger.GuestView;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ledger.RollUpTimes;
import org.vcpuacct.ledger.VmAccount;

/**
 * What guests say of the time between their last two reports, beside what the host measured
 * meanwhile. Immutable. The formulas are explained in docs/network-elements.md.
 *
 * <p>Shares are in hundredths of a percent: the guest's of the sum of the times that it tells, the
 * host's of the wall time of the vCPUs.
 */
public final class GuestComparison {

  private static final double HUNDREDTHS_OF_PERCENT = 10_000;

  private final ReportedTimes guest;
  private final List<RollUpTimes> host;

  private GuestComparison(ReportedTimes guest, List<RollUpTimes> host) {
    this.guest = guest;
    this.host = List.copyOf(host);
  }

  /** Of all VMs of a network element; empty unless each of them can be compared. */
  public static Optional<GuestComparison> of(NeAccount ne) {
    List<GuestComparison> comparisons =
        ne.vms().stream().flatMap(vm -> GuestComparison.of(vm).stream()).toList();
    return comparisons.size() < ne.vms().size()
        ? Optional.empty()
        : comparisons.stream().reduce(GuestComparison::and);
  }

  /**
   * Of a VM; empty unless its guest has reported twice and all its vCPUs were measured meanwhile.
   */
  public static Optional<GuestComparison> of(VmAccount vm) {
    return vm.guest()
        .filter(guest -> guest.host().size() == vcpus(vm))
        .flatMap(guest -> compare(guest, cpu -> true, guest.host().values().stream().toList()));
  }

  /**
   * Of one vCPU; empty if it is not known what the guest says of it, or was not measured meanwhile.
   */
  public static Optional<GuestComparison> of(VmAccount vm, int vcpu) {
    return vm.guest()
        .filter(guest -> guest.host().containsKey(vcpu) && guestCpu(vm, vcpu).isPresent())
        .flatMap(
            guest -> compare(guest, cpu -> isNumber(cpu, vcpu), List.of(guest.host().get(vcpu))));
  }

  /**
   * What the guest says of a vCPU; empty if it does not tell its CPUs apart, or has other numbers
   * for them than KVM: then nothing says which is which.
   */
  public static Optional<GuestCpu> guestCpu(VmAccount vm, int vcpu) {
    List<GuestCpu> cpus =
        vm.guest().flatMap(guest -> guest.report().last()).map(GuestLoad::cpus).orElse(List.of());
    boolean numbersOfKvm =
        cpus.stream().allMatch(cpu -> cpu.cpu().orElse(Integer.MAX_VALUE) < vcpus(vm));
    return cpus.stream().filter(cpu -> numbersOfKvm && isNumber(cpu, vcpu)).findFirst();
  }

  private static boolean isNumber(GuestCpu cpu, int vcpu) {
    return cpu.cpu().equals(OptionalInt.of(vcpu));
  }

  private static int vcpus(VmAccount vm) {
    return vm.vm().vcpus().size() + vm.vm().vcpusWithoutThread().size();
  }

  private static Optional<GuestComparison> compare(
      GuestView guest, Predicate<GuestCpu> which, List<RollUpTimes> host) {
    Map<OptionalInt, GuestCpu> earlier = byNumber(guest.report().before());
    ReportedTimes added =
        byNumber(guest.report().last()).values().stream()
            .filter(cpu -> which.test(cpu) && earlier.containsKey(cpu.cpu()))
            .map(cpu -> ReportedTimes.between(earlier.get(cpu.cpu()), cpu))
            .reduce(ReportedTimes.NONE, ReportedTimes::and);
    return Optional.of(new GuestComparison(added, host))
        .filter(both -> added.totalNs() > 0 && both.wallNs() > 0);
  }

  private static Map<OptionalInt, GuestCpu> byNumber(Optional<GuestLoad> load) {
    return load.stream()
        .flatMap(told -> told.cpus().stream())
        .collect(Collectors.toMap(GuestCpu::cpu, Function.identity()));
  }

  private GuestComparison and(GuestComparison other) {
    List<RollUpTimes> both = new ArrayList<>(host);
    both.addAll(other.host);
    return new GuestComparison(guest.and(other.guest), both);
  }

  /** What the guest counts as user space, time in its own guests included. */
  public int guestUserShare() {
    return guestShare(guest.userNs());
  }

  /** What the guest counts as its kernel's work, interrupts included. */
  public int guestSystemShare() {
    return guestShare(guest.systemNs());
  }

  /** What the guest counts as its own work, in user space and in its kernel. */
  public int guestBusyShare() {
    return guestShare(guest.userNs() + guest.systemNs());
  }

  /** What the guest counts as idle, waiting for I/O included. */
  public int guestIdleShare() {
    return guestShare(guest.idleNs());
  }

  /** What the guest was told that it had to wait for a pCPU. */
  public int guestStealShare() {
    return guestShare(guest.stealNs());
  }

  /** What the host measured with this roll-up over the same time. */
  public int hostShare(RollUp rollUp) {
    long ns = host.stream().mapToLong(times -> times.ns(rollUp)).sum();
    return (int) Math.round(ns * HUNDREDTHS_OF_PERCENT / wallNs());
  }

  /**
   * The hidden share: what the guest counts as its own work and the host knows was none, but exits,
   * polling, the VMM or waiting. Negative if the guest worked more than it says.
   */
  public int hiddenShare() {
    return guestBusyShare() - hostShare(RollUp.USEFUL);
  }

  /** Contention that the guest was not told of as steal. Negative if it was told of more. */
  public int untoldContentionShare() {
    return hostShare(RollUp.CONTENTION) - guestStealShare();
  }

  private long wallNs() {
    return host.stream().mapToLong(RollUpTimes::wallNs).sum();
  }

  private int guestShare(long ns) {
    return (int) Math.round(ns * HUNDREDTHS_OF_PERCENT / guest.totalNs());
  }
}
