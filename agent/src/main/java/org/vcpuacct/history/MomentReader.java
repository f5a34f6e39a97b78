package org.vcpuacct.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.VmAccount;

/** Reads the accounts at steps. For one thread. */
final class MomentReader {

  private final Optional<String> ne;
  private final boolean inOrder;
  private final Map<Integer, Optional<VmSection>> sections = new HashMap<>();
  private Block block;
  private Optional<NeSection> elements = Optional.empty();

  /**
   * A reader.
   *
   * @param ne name of the only network element to tell; empty for all
   * @param inOrder whether many steps will be read one behind the other, so that what was read of a
   *     block is worth the memory until the next one
   */
  MomentReader(Optional<String> ne, boolean inOrder) {
    this.ne = ne;
    this.inOrder = inOrder;
  }

  /** The accounts at a step; a network element of which something is damaged is missing. */
  Moment at(Step step) throws IOException {
    if (block != step.block()) {
      sections.clear();
      block = step.block();
      elements = block.nes();
    }
    List<NeAccount> nes = new ArrayList<>();
    for (NeSection.Ne found : elementsAt(step.number())) {
      if (ne.isEmpty() || ne.get().equals(found.key().name())) {
        account(found, step).ifPresent(nes::add);
      }
    }
    return new Moment(
        block.runEpochMillis(), Resolution.ns(step.takenUnits()), step.epochMillis(), nes);
  }

  private List<NeSection.Ne> elementsAt(int step) throws IOException {
    return elements.isPresent() ? elements.get().at(step) : List.of();
  }

  private Optional<NeAccount> account(NeSection.Ne found, Step step) {
    List<VmAccount> vms = new ArrayList<>();
    for (int index : found.key().vms()) {
      Optional<VmAccount> vm =
          section(index).flatMap(of -> of.at(step.number(), step.takenUnits()));
      if (vm.isEmpty()) {
        return Optional.empty();
      }
      vms.add(vm.get());
    }
    NeKey key = found.key();
    return Optional.of(
        new NeAccount(key.index(), key.name(), key.sinceNs(), vms, found.overload()));
  }

  private Optional<VmSection> section(int index) {
    return inOrder ? sections.computeIfAbsent(index, block::vms) : block.vms(index);
  }
}
