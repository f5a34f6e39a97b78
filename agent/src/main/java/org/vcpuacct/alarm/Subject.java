package org.vcpuacct.alarm;

import java.util.Optional;
import org.vcpuacct.ledger.ExitClass;

/**
 * What a condition is observed of: the host, a network element, or a vCPU, of which it may be one
 * exit class.
 *
 * @param ne the network element; empty for the host
 * @param vcpu empty unless it is a vCPU
 * @param exitClass empty unless the condition is of one
 */
public record Subject(Optional<Ne> ne, Optional<Vcpu> vcpu, Optional<ExitClass> exitClass) {

  /**
   * A network element.
   *
   * @param index permanent row index of vaNeTable
   */
  public record Ne(int index, String name) {}

  /**
   * A vCPU.
   *
   * @param vmIndex permanent row index of vaVmTable
   * @param id number of the vCPU in its VM
   */
  public record Vcpu(int vmIndex, String vmName, int id) {}

  /** The host with its daemon. */
  public static final Subject HOST =
      new Subject(Optional.empty(), Optional.empty(), Optional.empty());
}
