package org.vcpuacct.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Linux guest of the lab, under QEMU. */
final class LinuxGuest implements AutoCloseable {

  private final Lab lab;
  private final String name;
  private final int pid;
  private Optional<HostProgram> listener = Optional.empty();

  private LinuxGuest(Lab lab, String name) {
    this.lab = lab;
    this.name = name;
    this.pid = Integer.parseInt(lab.script(List.of("guest", "pid", name)).out().strip());
  }

  /**
   * Starts a guest and waits until it is up. Something on the host listens to its qemu-guest-agent
   * from then on, as libvirt does: an agent that nobody listens to looks for a listener ten times a
   * second.
   *
   * @param options of {@code lab guest start}
   */
  static LinuxGuest start(Lab lab, String name, String... options) {
    LinuxGuest guest = startWithFreeAgent(lab, name, options);
    guest.listen();
    return guest;
  }

  /** Starts one as {@link #start} does, and leaves its agent to whoever asks it. */
  static LinuxGuest startWithFreeAgent(Lab lab, String name, String... options) {
    List<String> words = new ArrayList<>(List.of("guest", "start", name));
    words.addAll(List.of(options));
    lab.script(words);
    LinuxGuest guest = new LinuxGuest(lab, name);
    Evidence.from(guest, guest::said);
    return guest;
  }

  private void listen() {
    String words = "tail -f /dev/null | socat - UNIX-CONNECT:" + agentSocket();
    listener =
        Optional.of(
            HostProgram.start("listener of guest " + name, lab, List.of("sh", "-c", words)));
  }

  private String agentSocket() {
    return "/run/lab/guests/" + name + "/qga.sock";
  }

  /** A file of the guest, by way of its agent, which must be free. */
  String read(String path) {
    String reader = Project.file("test/integration/src/test/resources/guest-file");
    return lab.run(reader, agentSocket(), path).orFail().out();
  }

  /** What it has said on its console so far. */
  String console() {
    return lab.run("cat", "/run/lab/guests/" + name + "/console.log").orFail().out();
  }

  /** Sends its VMM a signal, by its name without SIG. */
  void signal(String signal) {
    lab.run("kill", "-" + signal, Integer.toString(pid)).orFail();
  }

  String name() {
    return name;
  }

  /** Its VMM's process in the lab. */
  int pid() {
    return pid;
  }

  /** The end of its console and of its VMM's output. */
  private String said() {
    String folder = "/run/lab/guests/" + name;
    return lab.run("sh", "-c", "tail -n 30 '" + folder + "'/*.log").toString();
  }

  @Override
  public String toString() {
    return "Linux guest " + name;
  }

  @Override
  public void close() {
    Evidence.lastFrom(this);
    listener.ifPresent(HostProgram::close);
    lab.script(List.of("guest", "stop", name));
  }
}
