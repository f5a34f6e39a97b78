package org.vcpuacct.kernel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The programs of ledger.bpf.c that together keep the ledger. KVM's tracepoints can be had in
 * several ways; which of them work, only the kernel knows.
 */
final class LedgerPrograms {

  /** Lists KVM's open files when it is read; attached to nothing. */
  static final String KVM_FILES = "kvm_files";

  /** Feeds the state machine by hand; attached to nothing. */
  static final String REPLAY = "replay";

  private static final List<String> SCHEDULER =
      List.of("sched_process_exit", "sched_wakeup", "sched_switch");
  private static final List<String> KVM_BUT_EXIT =
      List.of("vcpu_wakeup", "userspace_exit", "entry");
  private static final String SVM_EXIT = "svm_exit";
  private static final String EXIT_RECORD = "exit_record_tp";

  /** With the arguments' types known, read directly; and without. */
  private static final List<String> WAYS = List.of("_btf", "_raw");

  private LedgerPrograms() {}

  /** The sets to be tried, best first, in the order in which their programs are to be attached. */
  static List<Set<String>> alternatives(LedgerSettings settings) {
    List<Set<String>> alternatives = new ArrayList<>();
    for (String way : WAYS) {
      if (settings.svm()) {
        alternatives.add(programs(way, SVM_EXIT + way));
      }
      if (settings.exitRecord().isPresent()) {
        alternatives.add(programs(way, EXIT_RECORD));
      }
    }
    return alternatives;
  }

  // Exits before entries: the kernel's count is compared at an entry, and an exit must not be
  // missed.
  private static Set<String> programs(String way, String exit) {
    Set<String> programs = new LinkedHashSet<>(SCHEDULER);
    programs.add(exit);
    KVM_BUT_EXIT.forEach(name -> programs.add(name + way));
    return programs;
  }
}
