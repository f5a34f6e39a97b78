package org.vcpuacct.guest;

import java.io.Closeable;
import java.util.Optional;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.vm.GuestAgentPort;
import org.vcpuacct.vm.Vm;

/** Chooses how a guest is asked: as the configuration says, else as the VMM's command line says. */
final class GuestReaders implements Closeable {

  /**
   * The way to a guest.
   *
   * @param reader empty if there is no way
   * @param obstacle why there is none and what would make one; empty if there is one
   */
  record Way(Optional<GuestLoadReader> reader, String obstacle) {

    static Way by(GuestLoadReader reader) {
      return new Way(Optional.of(reader), "");
    }

    static Way none(String obstacle) {
      return new Way(Optional.empty(), obstacle);
    }
  }

  private static final String OR_SNMP = ", or a [[guest.snmp]] to the configuration";

  private final GuestSettings settings;
  private final HostRoot host;
  private final AnswerMemory memory = new AnswerMemory();
  private final Optional<VirshPool> libvirt;

  GuestReaders(GuestSettings settings, HostRoot host) {
    this.settings = settings;
    this.host = host;
    this.libvirt = settings.libvirtUri().map(uri -> new VirshPool("virsh", uri, memory));
  }

  /** The way to a VM's guest. */
  Way to(Vm vm) {
    if (!host.isRunningKernel()) {
      return Way.none("a recorded host's guests cannot be asked");
    }
    Optional<SnmpGuest> snmp =
        settings.snmpGuests().stream().filter(guest -> guest.isFor(vm)).findFirst();
    if (snmp.isPresent()) {
      return Way.by(new GuestSnmpReader(snmp.get(), settings.timeout()));
    }
    return vm.guestAgent()
        .map(port -> toAgent(vm, port))
        .orElseGet(
            () ->
                Way.none("add a virtserialport named org.qemu.guest_agent.0 to the VM" + OR_SNMP));
  }

  private Way toAgent(Vm vm, GuestAgentPort port) {
    if (port.heldByLibvirt() && vm.uuid().isPresent() && libvirt.isPresent()) {
      return Way.by(new LibvirtReader(libvirt.get(), vm.uuid().get(), settings.timeout()));
    }
    return port.socket()
        .map(socket -> new AgentSocketPath(host, vm.pid(), socket))
        .map(path -> Way.by(new QemuGuestAgentReader(path, settings.timeout(), memory)))
        .orElseGet(() -> Way.none(holder(port) + OR_SNMP));
  }

  private static String holder(GuestAgentPort port) {
    return port.heldByLibvirt()
        ? "libvirt holds the guest agent's socket: set libvirt in [guest] to its URI"
        : "the guest agent's socket is held by whoever started the VMM: let the VMM listen on a path";
  }

  /** No reader is used any more. */
  @Override
  public void close() {
    libvirt.ifPresent(VirshPool::close);
  }
}
