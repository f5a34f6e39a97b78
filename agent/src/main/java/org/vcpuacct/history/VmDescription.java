package org.vcpuacct.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.vcpuacct.history.track.MalformedTrackException;
import org.vcpuacct.history.track.OctetReader;
import org.vcpuacct.history.track.OctetWriter;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;
import org.vcpuacct.vm.Vmm;

/**
 * The key of a VM's track: what is known of it beside its accounts. How its guest is asked is not
 * kept.
 *
 * @param vm without its vCPUs
 */
record VmDescription(int index, Vm vm, long sinceNs) {

  private static final int MAX_VCPUS = 1 << 16;

  static VmDescription of(VmAccount account) {
    return new VmDescription(account.index(), account.vm(), account.sinceNs());
  }

  static VmDescription read(OctetReader key) throws IOException {
    int index = key.count(Integer.MAX_VALUE);
    int pid = key.count(Integer.MAX_VALUE);
    long processStartTicks = key.varint();
    int vmFd = key.count(Integer.MAX_VALUE);
    Vmm vmm = vmm(key.text());
    String name = key.text();
    boolean named = key.octet() == 1;
    Optional<UUID> uuid =
        key.octet() == 1 ? Optional.of(new UUID(key.varint(), key.varint())) : Optional.empty();
    long sinceNs = key.signed();
    int withoutThread = key.count(MAX_VCPUS);
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < withoutThread; i++) {
      ids.add(key.count(Integer.MAX_VALUE));
    }
    return new VmDescription(
        index, vm(pid, processStartTicks, vmFd, vmm, name, named, uuid, List.of(), ids), sinceNs);
  }

  byte[] octets() {
    OctetWriter key =
        KeyKind.VM
            .key()
            .varint(index)
            .varint(vm.pid())
            .varint(vm.processStartTicks())
            .varint(vm.vmFd())
            .text(vm.vmm().name())
            .text(vm.name())
            .octet(vm.named() ? 1 : 0)
            .octet(vm.uuid().isPresent() ? 1 : 0);
    vm.uuid()
        .ifPresent(
            uuid ->
                key.varint(uuid.getMostSignificantBits()).varint(uuid.getLeastSignificantBits()));
    key.signed(sinceNs).varint(vm.vcpusWithoutThread().size());
    vm.vcpusWithoutThread().forEach(key::varint);
    return key.toArray();
  }

  /** The VM with these vCPUs. */
  Vm with(List<Vcpu> vcpus) {
    return vm(
        vm.pid(),
        vm.processStartTicks(),
        vm.vmFd(),
        vm.vmm(),
        vm.name(),
        vm.named(),
        vm.uuid(),
        vcpus,
        vm.vcpusWithoutThread());
  }

  private static Vm vm(
      int pid,
      long processStartTicks,
      int vmFd,
      Vmm vmm,
      String name,
      boolean named,
      Optional<UUID> uuid,
      List<Vcpu> vcpus,
      List<Integer> vcpusWithoutThread) {
    return new Vm(
        pid,
        processStartTicks,
        vmFd,
        vmm,
        name,
        named,
        uuid,
        vcpus,
        vcpusWithoutThread,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static Vmm vmm(String name) throws MalformedTrackException {
    for (Vmm vmm : Vmm.values()) {
      if (vmm.name().equals(name)) {
        return vmm;
      }
    }
    throw new MalformedTrackException("no kind of VMM is called " + name);
  }
}
