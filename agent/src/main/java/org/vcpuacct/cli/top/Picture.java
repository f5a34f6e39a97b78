package org.vcpuacct.cli.top;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The figures to show: the newest document, and what the accounts grew by since the one before it.
 * Immutable.
 *
 * @param catalogue the lines and exit classes of all figures
 * @param host the host's name
 * @param tier the best tier that the host allows
 * @param spanNs the time between the two documents; empty if the figures are those of the daemon's
 *     last interval
 * @param pcpus the host's CPUs; none if they are not told
 * @param all where the time of all vCPUs went of which it is known
 */
record Picture(
    Catalogue catalogue,
    String host,
    String tier,
    OptionalLong spanNs,
    List<Document.Pcpu> pcpus,
    Optional<Usage> all,
    List<Ne> nes,
    List<Document.Alarm> alarms,
    List<Document.Limit> limits) {

  /** What a row is about: a network element, or one of its vCPUs. */
  sealed interface Subject permits Ne, Vcpu {

    /** As it is listed. */
    String name();

    /** Where its time went; empty unless that is known of all its vCPUs. */
    Optional<Usage> usage();

    /** What the guest says, if it can be compared with the host. */
    Optional<Document.Guest> guest();
  }

  record Ne(
      String name,
      Optional<Usage> usage,
      Optional<Document.Guest> guest,
      Optional<String> cause,
      OptionalDouble reductionPercent,
      List<Document.Contributor> contributors,
      List<Vcpu> vcpus)
      implements Subject {}

  /**
   * A vCPU.
   *
   * @param vm its VM's name
   */
  record Vcpu(
      String vm,
      OptionalLong number,
      Optional<Usage> usage,
      Optional<Document.Guest> guest,
      OptionalLong lastPcpu)
      implements Subject {

    @Override
    public String name() {
      return vm + "/" + (number.isPresent() ? Long.toString(number.getAsLong()) : "?");
    }
  }

  /** What tells a vCPU from all others of a document. */
  private record VcpuKey(String ne, OptionalLong vm, String vmName, OptionalLong number) {}

  /** The figures of the daemon's last interval. */
  static Picture of(Document now) {
    return picture(now, OptionalLong.empty(), (key, vcpu) -> vcpu.lastInterval());
  }

  /** The figures of the time between two documents of one catalogue. */
  static Picture between(Document before, Document now) {
    Map<VcpuKey, Document.Vcpu> earlier = byKey(before);
    return picture(
        now,
        OptionalLong.of(now.takenNs() - before.takenNs()),
        (key, vcpu) ->
            Optional.ofNullable(earlier.get(key))
                .flatMap(then -> Usage.between(now.catalogue(), then, vcpu)));
  }

  /** The labels of all lines of the ledger, and the roll-up of each. */
  Map<String, String> rollUps() {
    return all.map(Usage::rollUps).orElse(Map.of());
  }

  /** The labels of the lines that any time was on, in the order of the catalogue. */
  List<String> usedLines() {
    return rollUps().keySet().stream()
        .filter(label -> all.orElseThrow().share(label).orElse(0) > 0)
        .toList();
  }

  /** That of each vCPU of which it is known. */
  List<Usage> usages() {
    return usages(nes);
  }

  private static List<Usage> usages(List<Ne> nes) {
    return nes.stream()
        .flatMap(ne -> ne.vcpus().stream())
        .flatMap(vcpu -> vcpu.usage().stream())
        .toList();
  }

  @FunctionalInterface
  private interface Measure {
    Optional<Usage> usage(VcpuKey key, Document.Vcpu vcpu);
  }

  private static Map<VcpuKey, Document.Vcpu> byKey(Document document) {
    Map<VcpuKey, Document.Vcpu> byKey = new HashMap<>();
    for (Document.Ne ne : document.nes()) {
      for (Document.Vm vm : ne.vms()) {
        vm.vcpus().forEach(vcpu -> byKey.put(key(ne, vm, vcpu), vcpu));
      }
    }
    return byKey;
  }

  private static VcpuKey key(Document.Ne ne, Document.Vm vm, Document.Vcpu vcpu) {
    return new VcpuKey(ne.name(), vm.index(), vm.name(), vcpu.number());
  }

  private static Picture picture(Document now, OptionalLong spanNs, Measure measure) {
    List<Ne> nes = now.nes().stream().map(ne -> ne(ne, measure)).toList();
    return new Picture(
        now.catalogue(),
        now.host(),
        now.tier(),
        spanNs,
        now.pcpus(),
        Usage.sum(usages(nes)),
        nes,
        now.alarms(),
        now.limits());
  }

  private static Ne ne(Document.Ne ne, Measure measure) {
    List<Vcpu> vcpus = new ArrayList<>();
    for (Document.Vm vm : ne.vms()) {
      for (Document.Vcpu vcpu : vm.vcpus()) {
        Optional<Usage> usage = measure.usage(key(ne, vm, vcpu), vcpu);
        vcpus.add(new Vcpu(vm.name(), vcpu.number(), usage, vcpu.guest(), vcpu.lastPcpu()));
      }
    }
    List<Usage> known = vcpus.stream().flatMap(vcpu -> vcpu.usage().stream()).toList();
    Optional<Usage> usage = known.size() < vcpus.size() ? Optional.empty() : Usage.sum(known);
    return new Ne(
        ne.name(), usage, ne.guest(), ne.cause(), ne.reductionPercent(), ne.contributors(), vcpus);
  }
}
