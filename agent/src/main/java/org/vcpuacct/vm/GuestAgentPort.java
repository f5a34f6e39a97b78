package org.vcpuacct.vm;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a VMM has the port of qemu-guest-agent. Immutable.
 *
 * @param socket Unix-domain socket that takes clients, as the VMM names it: in its own mount
 *     namespace, and below its working directory if it is relative; empty if the VMM was handed a
 *     descriptor, or is a client itself
 * @param heldByLibvirt whether libvirt started the VMM: it connects to the socket first, and the
 *     socket takes one client
 */
public record GuestAgentPort(Optional<Path> socket, boolean heldByLibvirt) {}
