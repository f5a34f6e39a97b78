package org.vcpuacct.guest;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/**
 * Asks qemu-guest-agent through libvirt, where that holds the VMM's socket. Name and UUID of the VM
 * need not be asked: libvirt writes both on the VMM's command line.
 */
final class LibvirtReader implements GuestLoadReader {

  private final VirshPool virsh;
  private final UUID domain;
  private final Duration timeout;
  private final AgentQuestions questions = new AgentQuestions(GuestSource.LIBVIRT);
  private boolean wasSilent;

  /**
   * @param virsh shared by all readers
   * @param domain the VM's UUID
   * @param timeout for one conversation as a whole
   */
  LibvirtReader(VirshPool virsh, UUID domain, Duration timeout) {
    this.virsh = virsh;
    this.domain = domain;
    this.timeout = timeout;
  }

  @Override
  public GuestLoad read() throws GuestLoadException, InterruptedException {
    Deadline deadline = Deadline.in(timeout);
    boolean isSilent = true;
    try (VirshPool.Loan loan = virsh.lend(wasSilent, deadline)) {
      GuestLoad load =
          questions.ask(
              new LibvirtAgent(
                  loan.virsh(), virsh.uri(), domain, libvirtsTimeoutSeconds(), deadline));
      isSilent = false;
      return load;
    } catch (IOException e) {
      throw new GuestNotAnsweringException(
          "libvirt holds the guest agent's socket, and virsh, which asks it, cannot be run; install"
              + " it: "
              + e.getMessage());
    } finally {
      wasSilent = isSilent;
    }
  }

  /**
   * Whole seconds, from 1: if there can be some, before our own, so that libvirt says what it is.
   */
  private long libvirtsTimeoutSeconds() {
    return Math.max(1, timeout.minusNanos(1).toSeconds());
  }
}
