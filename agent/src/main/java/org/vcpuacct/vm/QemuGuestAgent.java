package org.vcpuacct.vm;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vcpuacct.host.CommandLine;

/**
 * Finds the port of qemu-guest-agent on QEMU's command line: a {@code virtserialport} of the
 * agent's well-known name, and the character device behind it.
 */
final class QemuGuestAgent {

  private static final String PORT_NAME = "org.qemu.guest_agent.0";

  /**
   * What libvirt has always called its own way to QEMU's monitor (src/qemu/qemu_command.c, 0.8 to
   * 11). Names that its users choose begin with "ua-".
   */
  private static final String LIBVIRT_MONITOR = "charmonitor";

  private QemuGuestAgent() {}

  /** The port; empty if this QEMU has none. */
  static Optional<GuestAgentPort> find(CommandLine commandLine) {
    List<QemuOptions> chardevs = QemuOptions.all(commandLine, "chardev", "backend");
    boolean ofLibvirt = chardevs.stream().anyMatch(chardev -> chardev.is("id", LIBVIRT_MONITOR));
    return QemuOptions.all(commandLine, "device", "driver").stream()
        .filter(device -> device.is("driver", "virtserialport") && device.is("name", PORT_NAME))
        .flatMap(device -> device.value("chardev").stream())
        .flatMap(id -> chardevs.stream().filter(chardev -> chardev.is("id", id)).limit(1))
        .findFirst()
        .map(chardev -> new GuestAgentPort(listeningSocket(chardev), ofLibvirt));
  }

  private static Optional<Path> listeningSocket(QemuOptions chardev) {
    return Stream.of(flatSocket(chardev), nestedSocket(chardev))
        .flatMap(Optional::stream)
        .flatMap(path -> path(path).stream())
        .findFirst();
  }

  /** {@code socket,path=...,server=on}, and {@code server} alone before QEMU 6.0. */
  private static Optional<String> flatSocket(QemuOptions chardev) {
    return chardev.is("backend", "socket") && chardev.isOn("server") && !chardev.isOn("abstract")
        ? chardev.value("path")
        : Optional.empty();
  }

  /**
   * JSON as of chardev-add, qapi/char.json ChardevBackend; there a socket is a server by default.
   */
  private static Optional<String> nestedSocket(QemuOptions chardev) {
    String data = "backend.data.";
    return chardev.is("backend.type", "socket")
            && chardev.is(data + "addr.type", "unix")
            && !chardev.is(data + "server", "false")
            && !chardev.isOn(data + "addr.data.abstract")
        ? chardev.value(data + "addr.data.path")
        : Optional.empty();
  }

  private static Optional<Path> path(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text).normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
