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
  private final HostProgram libvirtd;

  private LibvirtHost(Lab lab, String domain) {
    this.lab = lab;
    this.domain = domain;
    this.libvirtd = HostProgram.start("libvirtd", lab, List.of(SCRIPT, "serve"));
  }

  /** Starts both, and waits until they are up. */
  static LibvirtHost start(Lab lab, String domain, String uuid) {
    LibvirtHost host = new LibvirtHost(lab, domain);
    try {
      Await.until(
          "answer of libvirtd",
          START_LIMIT,
          () -> lab.run("virsh", "--quiet", "list").status() == 0);
      lab.run(SCRIPT, "create", domain, uuid).orFail();
      return host;
    } catch (AssertionError e) {
      host.close();
      throw e;
    }
  }

  /** Sends libvirtd a signal, by its name without SIG. */
  void signalLibvirtd(String name) {
    libvirtd.signal(name);
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

  @Override
  public void close() {
    lab.run("virsh", "--quiet", "destroy", domain);
    libvirtd.close();
  }
}
