package org.vcpuacct.guest;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vcpuacct.json.Json;

/**
 * A conversation with a guest's agent by way of libvirt, which synchronises with the agent itself
 * and lets one question in at a time. For one thread.
 */
final class LibvirtAgent implements AgentChannel {

  /** What libvirt makes of an agent's error (src/qemu/qemu_agent.c qemuAgentCheckError, 9.0). */
  private static final Pattern AGENT_ERROR =
      Pattern.compile(".*unable to execute QEMU agent command '[^']*': (.*)");

  private static final Pattern REFUSAL =
      Pattern.compile("denied|forbidden|authenticat", Pattern.CASE_INSENSITIVE);

  private final Virsh virsh;
  private final String uri;
  private final UUID domain;
  private final long timeoutSeconds;
  private final Deadline deadline;

  /**
   * Begins to talk.
   *
   * @param virsh connected, or connecting, to libvirt
   * @param uri libvirt's, for messages
   * @param timeoutSeconds after which libvirt gives the agent up
   * @param deadline for the whole conversation
   * @throws GuestNotAnsweringException if libvirt does not answer, or does not know the domain
   */
  LibvirtAgent(Virsh virsh, String uri, UUID domain, long timeoutSeconds, Deadline deadline)
      throws GuestLoadException, InterruptedException {
    this.virsh = virsh;
    this.uri = uri;
    this.domain = domain;
    this.timeoutSeconds = timeoutSeconds;
    this.deadline = deadline;
    requireDomain();
  }

  /** libvirt answers this by itself: so its silence is told from the guest's. */
  private void requireDomain() throws GuestLoadException, InterruptedException {
    Virsh.Outcome outcome =
        virsh.run("domid --domain " + domain, deadline, "libvirt (" + uri + ") did not answer");
    if (outcome.error().isPresent()) {
      throw failure(outcome.error().get());
    }
  }

  @Override
  public Json execute(String command, String arguments)
      throws GuestLoadException, InterruptedException {
    Virsh.Outcome outcome =
        virsh.run(
            "qemu-agent-command --timeout %d --domain %s '%s'"
                .formatted(timeoutSeconds, domain, AgentMessages.command(command, arguments)),
            deadline,
            "the guest agent did not answer libvirt");
    if (outcome.json().isPresent()) {
      return AgentMessages.returned(command, AgentMessages.bytes(outcome.json().get()));
    }
    String error = outcome.error().orElse("virsh ended without a word");
    Matcher agentError = AGENT_ERROR.matcher(error);
    throw agentError.matches()
        ? new AgentErrorException(command, agentError.group(1))
        : failure(error);
  }

  private GuestLoadException failure(String error) {
    String message = "libvirt (" + uri + "): " + error;
    return REFUSAL.matcher(error).find()
        ? new GuestRefusedException(message)
        : new GuestNotAnsweringException(message);
  }
}
