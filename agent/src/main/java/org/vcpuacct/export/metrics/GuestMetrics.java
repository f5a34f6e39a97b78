package org.vcpuacct.export.metrics;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.vcpuacct.guest.GuestCpu;
import org.vcpuacct.guest.GuestLoad;
import org.vcpuacct.guest.GuestReport;
import org.vcpuacct.guest.GuestState;
import org.vcpuacct.guest.GuestTime;
import org.vcpuacct.guest.LoadAverages;
import org.vcpuacct.ledger.GuestView;

/** The families of what guests say of themselves. */
final class GuestMetrics {

  private static final Family STATE =
      Family.gauge(
          "vcpuacct_guest_state", "How the asking of a guest goes: 1 for the state it is in.");
  private static final Family AGE =
      Family.gauge("vcpuacct_guest_report_age_seconds", "Time since a guest told its load.");
  private static final Family CPU =
      Family.counter(
          "vcpuacct_guest_cpu_seconds", "CPU time since it booted as a guest accounts for it.");
  private static final Family CPU_OF_GUESTS =
      Family.counter(
          "vcpuacct_guest_cpu_guest_seconds",
          "CPU time in guests of a guest, part of its modes user and nice.");
  private static final Family LOAD =
      Family.gauge("vcpuacct_guest_load_average", "Load average that a guest tells.");

  private static final Map<GuestState, Labels> STATES =
      LabelSets.of(GuestState.class, "state", GuestState::label);

  /** The two times in guests of the guest, by the mode that they are part of. */
  private static final Map<GuestTime, Labels> PARTS =
      Map.of(
          GuestTime.GUEST, Labels.of("mode", "user"),
          GuestTime.GUEST_NICE, Labels.of("mode", "nice"));

  private static final Map<GuestTime, Labels> MODES =
      LabelSets.of(GuestTime.class, "mode", LabelSets::lowerCase);

  static {
    MODES.keySet().removeAll(PARTS.keySet());
  }

  private static final int LOAD_DIGITS = 2;
  private static final int HUNDREDTHS = 100;

  /** A guest that is asked, and the labels of its VM. */
  private record Guest(Labels vm, GuestReport report) {}

  private GuestMetrics() {}

  static void write(Exposition out, Accounts accounts) {
    List<Guest> guests = accounts.vms().stream().flatMap(vm -> guest(vm).stream()).toList();
    states(out, guests);
    ages(out, guests);
    times(out, guests, CPU, MODES);
    times(out, guests, CPU_OF_GUESTS, PARTS);
    loads(out, guests);
  }

  private static Optional<Guest> guest(Accounts.Vm vm) {
    return vm.account().guest().map(GuestView::report).map(of -> new Guest(vm.labels(), of));
  }

  private static void states(Exposition out, List<Guest> guests) {
    out.family(STATE);
    for (Guest guest : guests) {
      STATES.forEach(
          (state, label) ->
              out.integer(guest.vm(), label, guest.report().state() == state ? 1 : 0));
    }
  }

  private static void ages(Exposition out, List<Guest> guests) {
    out.family(AGE);
    for (Guest guest : guests) {
      guest.report().ageNs().ifPresent(ns -> out.seconds(guest.vm(), Labels.NONE, ns));
    }
  }

  private static void times(
      Exposition out, List<Guest> guests, Family family, Map<GuestTime, Labels> modes) {
    out.family(family);
    for (Guest guest : guests) {
      for (GuestCpu cpu : guest.report().last().map(GuestLoad::cpus).orElse(List.of())) {
        Labels labels = guest.vm().and("cpu", number(cpu.cpu()));
        modes.forEach(
            (time, label) -> cpu.ns(time).ifPresent(ns -> out.seconds(labels, label, ns)));
      }
    }
  }

  private static String number(OptionalInt cpu) {
    return cpu.isPresent() ? Integer.toString(cpu.getAsInt()) : "all";
  }

  private static void loads(Exposition out, List<Guest> guests) {
    out.family(LOAD);
    for (Guest guest : guests) {
      guest
          .report()
          .last()
          .flatMap(GuestLoad::loadAverages)
          .ifPresent(averages -> loads(out, guest.vm(), averages));
    }
  }

  private static void loads(Exposition out, Labels vm, LoadAverages averages) {
    load(out, vm, "1", averages.one());
    load(out, vm, "5", averages.five());
    load(out, vm, "15", averages.fifteen());
  }

  private static void load(Exposition out, Labels vm, String minutes, double average) {
    long hundredths = Math.round(average * HUNDREDTHS);
    out.decimal(vm, Labels.of("minutes", minutes), hundredths, LOAD_DIGITS);
  }
}
