package org.vcpuacct.it;

import java.time.Duration;
import java.util.List;

/** libvirtd in the lab, and one domain of it whose guest has a real qemu-guest-agent. */
final class LibvirtHost implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final String SCRIPT =
      Project.file("test/integration/src/test/resources/libvirt-host");

  private final Lab lab;
  private final String domain;
  private HostProgram libvirtd;

  private LibvirtHost(Lab lab, String domain) {
    this.lab = lab;
    this.domain = domain;
    startLibvirtd();
  }

  /** Starts both, and waits until they are up. */
  static LibvirtHost start(Lab lab, String domain, String uuid) {
    LibvirtHost host = new LibvirtHost(lab, domain);
    try {
      lab.run(SCRIPT, "create", domain, uuid).orFail();
      return host;
    } catch (AssertionError e) {
      host.close();
      throw e;
    }
  }

  /**
   * Starts libvirtd, and waits until it answers. It finds a domain that outlived an earlier one.
   */
  void startLibvirtd() {
    libvirtd = HostProgram.start("libvirtd", lab, List.of(SCRIPT, "serve"));
    Await.until(
        "answer of libvirtd", START_LIMIT, () -> lab.run("virsh", "--quiet", "list").status() == 0);
  }

  /** Sends libvirtd a signal, by its name without SIG. */
  void signalLibvirtd(String name) {
    libvirtd.signal(name);
  }

  /** Ends libvirtd; the domain goes on. */
  void endLibvirtd() {
    libvirtd.signal("KILL");
    libvirtd.await(START_LIMIT);
    libvirtd.close();
  }

  /** A file of the guest, by way of its agent. */
  String read(String path) {
    return lab.run(SCRIPT, "read", domain, path).orFail().out();
  }

  /** Has the guest's own shell run a command, a moment from now. */
  void runInGuest(String command) {
    String arguments = "{\"path\":\"/bin/sh\",\"arg\":[\"-c\",\"sleep 1; %s\"]}".formatted(command);
    lab.run(SCRIPT, "agent", domain, "guest-exec", arguments).orFail();
  }

  /** Ends the domain as if its power failed. */
  void destroyDomain() {
    lab.run("virsh", "--quiet", "destroy", domain).orFail();
  }

  @Override
  public void close() {
    lab.run("virsh", "--quiet", "destroy", domain);
    libvirtd.close();
  }
}
