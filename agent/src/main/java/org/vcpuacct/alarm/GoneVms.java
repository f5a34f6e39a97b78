package org.vcpuacct.alarm;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.vcpuacct.ledger.VmAccount;

/**
 * Whether a VM that ran does not any more. One without name and UUID could not be told to be back,
 * so it is not missed. A VM that is gone for too long is forgotten. Not safe for use by two
 * threads.
 */
final class GoneVms implements Measure {

  private long forgetAfterNs;
  private final Map<Integer, Absence> absences = new HashMap<>();
  private Map<Integer, Subject> running = Map.of();

  /**
   * A VM that is gone.
   *
   * @param sinceNs CLOCK_MONOTONIC, ns
   */
  private record Absence(Subject vm, long sinceNs) {}

  /**
   * A measure that has seen no VM.
   *
   * @param gone VMs that were missed before: they still are
   */
  GoneVms(Duration forgetAfter, List<Subject> gone) {
    this.forgetAfterNs = forgetAfter.toNanos();
    Map<Integer, Subject> missed = new HashMap<>();
    gone.forEach(vm -> missed.put(indexOf(vm), vm));
    this.running = missed; // until the first step finds that they do not
  }

  @Override
  public void use(AlarmSettings settings) {
    forgetAfterNs = settings.forgetAfter().toNanos();
  }

  @Override
  public void observe(Observation seen, Figures figures) {
    Map<Integer, Subject> now = new HashMap<>();
    seen.forEachVm(
        (subject, vm) -> {
          if (canComeBack(vm)) {
            now.put(vm.index(), subject);
          }
        });
    long nowNs = seen.snapshot().takenNs();
    running.forEach((index, vm) -> absences.putIfAbsent(index, new Absence(vm, nowNs)));
    absences.keySet().removeAll(now.keySet());
    running = now;
    running.values().forEach(vm -> figures.known(vm, 0));
    tellAbsent(nowNs, figures);
  }

  private void tellAbsent(long nowNs, Figures figures) {
    Iterator<Absence> gone = absences.values().iterator();
    while (gone.hasNext()) {
      Absence absence = gone.next();
      if (nowNs - absence.sinceNs() > forgetAfterNs) {
        gone.remove();
      } else {
        figures.known(absence.vm(), 1);
      }
    }
  }

  private static boolean canComeBack(VmAccount vm) {
    return vm.vm().named() || vm.vm().uuid().isPresent();
  }

  private static int indexOf(Subject vm) {
    return vm.vm().orElseThrow().index();
  }
}
