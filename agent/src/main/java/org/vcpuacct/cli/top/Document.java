package org.vcpuacct.cli.top;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the daemon knows at one instant, as far as it is shown here: {@code /api/v1/snapshot}.
 * Immutable. Shares are parts of one; a text that is not told is empty.
 *
 * <p>Lines and exit classes are those that the daemon names: it may know more of them than this
 * program.
 *
 * @param catalogue where what is of a line or exit class stands
 * @param takenNs the instant, on the daemon's clock
 * @param host the host's name
 * @param tier the best tier that the host allows
 * @param pcpus the host's CPUs; none if they are not told
 */
record Document(
    Catalogue catalogue,
    long takenNs,
    String host,
    String tier,
    List<Pcpu> pcpus,
    List<Ne> nes,
    List<Alarm> alarms,
    List<Limit> limits) {

  /**
   * For what one of the host's CPUs was used in the daemon's last interval.
   *
   * @param overhead exits, halt polling and the VMM
   * @param other everything else that ran
   */
  record Pcpu(
      OptionalLong number,
      OptionalDouble guest,
      OptionalDouble overhead,
      OptionalDouble other,
      OptionalDouble idle) {}

  /**
   * A network element.
   *
   * @param reductionPercent of new traffic, that call processing is asked to turn away
   * @param contributors what takes the most time that is neither the guests' own work nor idle
   */
  record Ne(
      String name,
      Optional<String> cause,
      Optional<Guest> guest,
      OptionalDouble reductionPercent,
      List<Contributor> contributors,
      List<Vm> vms) {}

  /**
   * What a guest says of itself.
   *
   * @param busy what it counts as its own work
   * @param steal what it was told that it had to wait
   * @param hidden what it counts as its own work and the host knows was none
   */
  record Guest(OptionalDouble busy, OptionalDouble steal, OptionalDouble hidden) {}

  /** Something that takes time from a network element. */
  record Contributor(String name, OptionalDouble share) {}

  /**
   * A virtual machine.
   *
   * @param index tells it from another of the same name
   */
  record Vm(OptionalLong index, String name, List<Vcpu> vcpus) {}

  /**
   * The account of a vCPU.
   *
   * @param sinceNs when it was opened, on the daemon's clock
   * @param counters what it counted since then
   * @param lastInterval what the daemon says of its last interval; empty if it says nothing
   */
  record Vcpu(
      OptionalLong number,
      OptionalLong sinceNs,
      OptionalLong lastPcpu,
      Optional<Guest> guest,
      Counters counters,
      Optional<Usage> lastInterval) {}

  /** An active alarm. */
  record Alarm(String severity, String text) {}

  /** Something that the host does not let the daemon read. */
  record Limit(String what, String consequence, String mend) {}
}
