package org.vcpuacct.vm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.vcpuacct.host.CommandLine;
import org.vcpuacct.host.HostFiles;

/**
 * What a VMM's command line says of its VM: what it is called, and where its guest agent is.
 * Immutable.
 *
 * @param vmm the kind of VMM
 * @param name the VM's name; never empty, fit for a terminal
 * @param named whether the operator gave the name
 * @param uuid the VM's UUID, if the VMM was told one
 * @param guestAgent the port of qemu-guest-agent, if the VM is known to have one
 * @param vsockCid the guest's context identifier on AF_VSOCK, if the VM is known to have one
 */
record VmIdentity(
    Vmm vmm,
    String name,
    boolean named,
    Optional<UUID> uuid,
    Optional<GuestAgentPort> guestAgent,
    Optional<Long> vsockCid) {

  private static final int MAX_NAME_CHARACTERS = 255;
  private static final int MAX_COMMAND_LINE_BYTES = 1 << 20;
  private static final int UUID_CHARACTERS = 36;

  /** 0 to 2 and the highest are not a guest's (include/uapi/linux/vm_sockets.h). */
  private static final long FIRST_CID = 3;

  private static final long LAST_CID = 0xFFFF_FFFEL;

  private static final UUID NIL = new UUID(0, 0);

  /**
   * Reads the command line of a VMM, and which program it is.
   *
   * @param processName name of the VMM's process
   */
  static VmIdentity read(HostAccess host, int pid, String processName) {
    Path folder = host.root().process(pid);
    return of(
        program(host.files(), folder).orElse(processName),
        processName,
        pid,
        commandLine(host.files(), folder));
  }

  /** File name of the program; empty if it is hidden. */
  private static Optional<String> program(HostFiles files, Path folder) {
    try {
      String file = Path.of(files.readLink(folder.resolve("exe"))).getFileName().toString();
      // So the kernel marks a program that was replaced by an update.
      return Optional.of(file.replaceFirst(" \\(deleted\\)$", ""));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static CommandLine commandLine(HostFiles files, Path folder) {
    try {
      return CommandLine.parse(files.read(folder.resolve("cmdline"), MAX_COMMAND_LINE_BYTES));
    } catch (IOException e) {
      return new CommandLine(List.of());
    }
  }

  /**
   * Takes the identity from the VMM's command line.
   *
   * @param program file name of the VMM's program
   * @param processName name of the VMM's process, for a VM without a name
   */
  static VmIdentity of(String program, String processName, int pid, CommandLine commandLine) {
    Vmm vmm = Vmm.ofProgram(program);
    Optional<String> name = vmm.vmName(commandLine).map(VmIdentity::printable);
    return new VmIdentity(
        vmm,
        name.orElseGet(() -> printable(processName) + "-" + pid),
        name.isPresent(),
        vmm.vmUuid(commandLine).flatMap(VmIdentity::parseUuid),
        vmm.guestAgent(commandLine),
        vmm.vsockCid(commandLine).flatMap(VmIdentity::parseCid));
  }

  /** Control and format characters can take over a terminal, or hide: each becomes a "?". */
  static String printable(String text) {
    String shown = text.strip().replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    int characters = shown.codePointCount(0, shown.length());
    return characters <= MAX_NAME_CHARACTERS
        ? shown
        : shown.substring(0, shown.offsetByCodePoints(0, MAX_NAME_CHARACTERS));
  }

  /** As strtoull(3) reads it, which QEMU uses. */
  private static Optional<Long> parseCid(String text) {
    try {
      return Optional.of(Long.decode(text)).filter(cid -> cid >= FIRST_CID && cid <= LAST_CID);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<UUID> parseUuid(String text) {
    if (text.length() != UUID_CHARACTERS) {
      return Optional.empty();
    }
    try {
      return Optional.of(UUID.fromString(text)).filter(uuid -> !uuid.equals(NIL));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
