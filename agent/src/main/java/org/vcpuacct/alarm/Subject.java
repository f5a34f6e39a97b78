package org.vcpuacct.alarm;

import java.util.Optional;
import java.util.OptionalInt;
import org.vcpuacct.ledger.ExitClass;

/**
 * What a condition is observed of: the host, a network element, one of its VMs, or a vCPU of that,
 * of which it may be one exit class. Immutable.
 *
 * @param ne the network element; empty for the host
 * @param vm empty for the host and for a whole network element
 * @param vcpu number of the vCPU in its VM, from 0; empty unless it is a vCPU
 * @param exitClass empty unless the condition is of one
 */
public record Subject(
    Optional<Ne> ne, Optional<Vm> vm, OptionalInt vcpu, Optional<ExitClass> exitClass) {

  /**
   * A network element.
   *
   * @param index permanent row index of vaNeTable
   */
  public record Ne(int index, String name) {}

  /**
   * A VM.
   *
   * @param index permanent row index of vaVmTable
   */
  public record Vm(int index, String name) {}

  /** The host with its daemon. */
  public static final Subject HOST =
      new Subject(Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty());

  /** Whether it is of the network element of this name, as a whole or in part. */
  public boolean isOf(String neName) {
    return ne.filter(of -> of.name().equals(neName)).isPresent();
  }

  /** A network element. */
  public static Subject of(Ne ne) {
    return new Subject(Optional.of(ne), Optional.empty(), OptionalInt.empty(), Optional.empty());
  }

  /** A VM of this network element. */
  public Subject of(Vm vm) {
    return new Subject(ne, Optional.of(vm), OptionalInt.empty(), Optional.empty());
  }

  /** A vCPU of this VM. */
  public Subject ofVcpu(int id) {
    return new Subject(ne, vm, OptionalInt.of(id), Optional.empty());
  }

  /** The exits of a class of this vCPU. */
  public Subject of(ExitClass of) {
    return new Subject(ne, vm, vcpu, Optional.of(of));
  }
}
