package org.vcpuacct.ledger;

/**
 * The catalogue of exit classes: why a vCPU left guest mode.
 *
 * <p>The raw codes of each architecture are mapped to a class by data, see {@link ExitReasons}.
 * Numbers are permanent: they are the vaExitClass index of VCPU-ACCT-MIB.
 */
public enum ExitClass {
  IO(1, "io", "port I/O"),
  MMIO(2, "mmio", "access to emulated memory"),
  NPF(3, "npf", "nested page fault (EPT violation, stage 2 abort)"),
  MSR_TIMER(4, "msr-timer", "write to a timer's model-specific register"),
  MSR_OTHER(5, "msr-other", "access to any other model-specific register"),
  IPI(6, "ipi", "interrupt sent to another vCPU"),
  HLT(7, "hlt", "the guest halts"),
  EXTERNAL_IRQ(8, "external-irq", "an interrupt of the host"),
  IRQ_WINDOW(9, "irq-window", "the guest is ready to take an interrupt"),
  CPUID(10, "cpuid", "CPUID instruction"),
  HYPERCALL(11, "hypercall", "call to the hypervisor"),
  PAUSE(12, "pause", "spin loop, or MWAIT and MONITOR"),
  CR_DR(13, "cr-dr", "control, debug or descriptor-table register"),
  EXCEPTION(14, "exception", "exception intercepted by the host"),
  NMI(15, "nmi", "non-maskable interrupt, or its window"),
  PREEMPTION_TIMER(16, "preemption-timer", "VMX preemption timer"),
  WFX(17, "wfx", "wait for interrupt or event (arm64)"),
  SYSREG(18, "sysreg", "system register access (arm64)"),
  SMC_HVC(19, "smc-hvc", "secure monitor or hypervisor call (arm64)"),
  NESTED(20, "nested", "instruction of a nested hypervisor"),
  OTHER(21, "other", "any other reason, unknown codes included");

  private final int number;
  private final String label;
  private final String help;

  ExitClass(int number, String label, String help) {
    this.number = number;
    this.label = label;
    this.help = help;
  }

  /** Permanent number: the vaExitClass index of VCPU-ACCT-MIB. */
  public int number() {
    return number;
  }

  /** Lower case name with hyphens, as a terminal, the MIB or a metrics label shows it. */
  public String label() {
    return label;
  }

  /** One phrase that explains the class. */
  public String help() {
    return help;
  }
}
