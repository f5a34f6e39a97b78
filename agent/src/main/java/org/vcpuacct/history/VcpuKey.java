package org.vcpuacct.history;

import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.vcpuacct.history.track.MalformedTrackException;
import org.vcpuacct.history.track.OctetReader;
import org.vcpuacct.ledger.Catalogue;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.vm.ThreadEvidence;
import org.vcpuacct.vm.Vcpu;

/**
 * What does not change in the account of a vCPU. Immutable.
 *
 * @param sinceNs CLOCK_MONOTONIC at which the account was opened, ns
 * @param told the exit classes that can be told; empty if no exits are counted
 */
record VcpuKey(Vcpu vcpu, long sinceNs, Tier tier, Optional<Set<ExitClass>> told) {

  static VcpuKey of(VcpuAccount account) {
    Reading reading = account.reading();
    return new VcpuKey(
        account.vcpu(), account.sinceNs(), reading.tier(), reading.exits().map(VcpuKey::told));
  }

  static VcpuKey read(OctetReader key) throws IOException {
    int id = key.count(Integer.MAX_VALUE);
    int threadId = key.count(Integer.MAX_VALUE);
    ThreadEvidence evidence = evidence(key.text());
    long sinceNs = key.signed();
    int tier = key.octet();
    boolean counted = key.octet() == 1;
    return new VcpuKey(
        new Vcpu(id, threadId, evidence),
        sinceNs,
        Catalogue.find(Tier.values(), Tier::number, tier)
            .orElseThrow(() -> new MalformedTrackException("no tier has the number " + tier)),
        counted ? Optional.of(classes(key.varint())) : Optional.empty());
  }

  byte[] octets() {
    return KeyKind.VCPU
        .key()
        .varint(vcpu.id())
        .varint(vcpu.threadId())
        .text(vcpu.evidence().name())
        .signed(sinceNs)
        .octet(tier.number())
        .octet(told.isPresent() ? 1 : 0)
        .varint(told.map(VcpuKey::mask).orElse(0L))
        .toArray();
  }

  /** The key of what is kept of the same account now and then. */
  byte[] detailOctets() {
    return KeyKind.VCPU_DETAIL.key().varint(vcpu.id()).signed(sinceNs).toArray();
  }

  private static Set<ExitClass> told(ExitCounts exits) {
    Set<ExitClass> told = EnumSet.noneOf(ExitClass.class);
    for (ExitClass exitClass : ExitClass.values()) {
      if (exits.of(exitClass).isPresent()) {
        told.add(exitClass);
      }
    }
    return told;
  }

  /** The bit of a class is that of its permanent number. */
  private static long mask(Set<ExitClass> classes) {
    return classes.stream().mapToLong(exitClass -> 1L << exitClass.number()).sum();
  }

  private static Set<ExitClass> classes(long mask) {
    Set<ExitClass> classes = EnumSet.noneOf(ExitClass.class);
    for (ExitClass exitClass : ExitClass.values()) {
      if ((mask >>> exitClass.number() & 1) == 1) {
        classes.add(exitClass);
      }
    }
    return Collections.unmodifiableSet(classes);
  }

  private static ThreadEvidence evidence(String name) throws MalformedTrackException {
    for (ThreadEvidence evidence : ThreadEvidence.values()) {
      if (evidence.name().equals(name)) {
        return evidence;
      }
    }
    throw new MalformedTrackException("no evidence of a thread is called " + name);
  }
}
