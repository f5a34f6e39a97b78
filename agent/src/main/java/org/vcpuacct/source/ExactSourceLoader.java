package org.vcpuacct.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.Limit;
import org.vcpuacct.host.TracepointFormat;
import org.vcpuacct.kernel.BpfLedger;
import org.vcpuacct.kernel.Errno;
import org.vcpuacct.kernel.ExitCondition;
import org.vcpuacct.kernel.ExitRecordLayout;
import org.vcpuacct.kernel.ExitRules;
import org.vcpuacct.kernel.KernelException;
import org.vcpuacct.kernel.LedgerSettings;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitReasons;
import org.vcpuacct.ledger.ExitReasons.Condition;
import org.vcpuacct.ledger.ExitReasons.Reason;
import org.vcpuacct.ledger.Isa;

/** Loads the ledger into the kernel, or says why that cannot be. */
final class ExactSourceLoader {

  private static final Logger LOG = LoggerFactory.getLogger(ExactSourceLoader.class);

  private static final String CONSEQUENCE =
      "the time of exits is absent, CPU time is split by clock ticks";

  /** More than any host runs; 27 MB of kernel memory. */
  private static final int CAPACITY = 4096;

  private static final Map<Condition, ExitCondition> CONDITIONS =
      new EnumMap<>(
          Map.of(
              Condition.MSR_TIMER, ExitCondition.MSR_TIMER,
              Condition.MSR_ICR, ExitCondition.MSR_ICR,
              Condition.NPF_RESERVED_BIT, ExitCondition.NPF_RESERVED_BIT,
              Condition.INTERRUPTION_IS_NMI, ExitCondition.INTERRUPTION_IS_NMI));

  private final HostRoot host;

  ExactSourceLoader(HostRoot host) {
    this.host = host;
  }

  /**
   * What became of it: one of the two is present.
   *
   * @param source the ledger, running
   * @param obstacle why there is none
   */
  record Outcome(Optional<ExactSource> source, Optional<Limit> obstacle) {}

  Outcome load() {
    Optional<Limit> obstacle = obstacleOnHost();
    if (obstacle.isPresent()) {
      return new Outcome(Optional.empty(), obstacle);
    }
    try {
      Optional<Isa> isa = IsaDetector.detect(host);
      LedgerSettings settings = settings(isa);
      if (!settings.tellsExits()) {
        return new Outcome(Optional.empty(), Optional.of(exitsCannotBeRead()));
      }
      BpfLedger ledger = BpfLedger.load(settings);
      LOG.info("the ledger runs in the kernel: {}", String.join(", ", ledger.programs()));
      return new Outcome(
          Optional.of(new ExactSource(host, ledger, told(isa), System::nanoTime)),
          Optional.empty());
    } catch (IOException e) {
      return new Outcome(
          Optional.empty(), Optional.of(new Limit(e.getMessage(), CONSEQUENCE, remedy(e))));
    }
  }

  private Optional<Limit> obstacleOnHost() {
    if (!host.isRunningKernel()) {
      return Optional.of(
          new Limit(
              "the host's files are not those of the running kernel",
              CONSEQUENCE,
              "leave out --root"));
    }
    if (Files.notExists(host.kernelModules().resolve("kvm"))) {
      return Optional.of(
          new Limit(
              "KVM is not loaded", CONSEQUENCE, "modprobe kvm_amd or kvm_intel, and restart"));
    }
    if (isLockedDown()) {
      return Optional.of(
          new Limit(
              "the kernel is in lockdown mode confidentiality",
              CONSEQUENCE,
              "boot without lockdown, or with lockdown=integrity"));
    }
    if (Files.notExists(host.kernelTypes())) {
      return Optional.of(
          new Limit(
              "the kernel has no type information: no /sys/kernel/btf/vmlinux",
              CONSEQUENCE,
              "use a kernel built with CONFIG_DEBUG_INFO_BTF"));
    }
    return Optional.empty();
  }

  /** The mode in force is the one in brackets (security/lockdown/lockdown.c). */
  private boolean isLockedDown() {
    try {
      return Files.readString(host.lockdown()).contains("[confidentiality]");
    } catch (IOException e) {
      return false; // no lockdown in this kernel, or nobody may know: loading will tell
    }
  }

  private Limit exitsCannotBeRead() {
    return new Limit(
        "no exits: this CPU is not AMD's, and there is no record of kvm_exit in " + host.tracing(),
        CONSEQUENCE,
        "mount -t tracefs tracefs /sys/kernel/tracing");
  }

  private static String remedy(IOException failure) {
    if (failure instanceof KernelException e && e.errno() == Errno.EPERM) {
      return "run as root, or add CAP_BPF, CAP_PERFMON and CAP_SYS_ADMIN; a kernel in lockdown"
          + " mode confidentiality allows it to nobody";
    }
    return "see docs/tiers.md";
  }

  private LedgerSettings settings(Optional<Isa> isa) throws IOException {
    ExitRules rules = new ExitRules(ExitClass.OTHER.number());
    isa.ifPresent(known -> add(ExitReasons.of(known), rules));
    return new LedgerSettings(CAPACITY, rules, isa.equals(Optional.of(Isa.SVM)), exitRecord());
  }

  private static Set<ExitClass> told(Optional<Isa> isa) {
    Set<ExitClass> told = EnumSet.of(ExitClass.OTHER);
    isa.ifPresent(
        known -> ExitReasons.of(known).reasons().forEach(row -> told.add(row.exitClass())));
    return told;
  }

  private static void add(ExitReasons reasons, ExitRules rules) {
    for (Reason reason : reasons.reasons()) {
      for (int code = reason.first(); code <= reason.last() && code < ExitRules.MAX_CODE; code++) {
        add(code, reason, rules);
      }
    }
  }

  private static void add(int code, Reason reason, ExitRules rules) {
    if (reason.condition().isPresent()) {
      ExitCondition condition = CONDITIONS.get(reason.condition().get());
      rules.add(code, condition, reason.exitClass().number());
    } else {
      rules.set(code, reason.exitClass().number());
    }
  }

  /** Empty if there is no tracefs, or this kernel's record lacks a field. */
  private Optional<ExitRecordLayout> exitRecord() throws IOException {
    Path file = host.tracing().resolve("events/kvm/kvm_exit/format");
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    TracepointFormat format = TracepointFormat.parse(Files.readAllBytes(file));
    Optional<Integer> reason = format.field("exit_reason").map(TracepointFormat.Field::offset);
    Optional<Integer> rip = format.field("guest_rip").map(TracepointFormat.Field::offset);
    Optional<Integer> info1 = format.field("info1").map(TracepointFormat.Field::offset);
    Optional<Integer> intrInfo = format.field("intr_info").map(TracepointFormat.Field::offset);
    return reason.isPresent() && rip.isPresent() && info1.isPresent() && intrInfo.isPresent()
        ? Optional.of(new ExitRecordLayout(reason.get(), rip.get(), info1.get(), intrInfo.get()))
        : Optional.empty();
  }
}
