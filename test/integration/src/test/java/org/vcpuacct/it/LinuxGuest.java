package org.vcpuacct.it;

import java.util.ArrayList;
import java.util.List;

/**
 * A Linux guest of the lab, under QEMU. Something on the host listens to its qemu-guest-agent, as
 * libvirt does: an agent that nobody listens to looks for a listener ten times a second.
 */
final class LinuxGuest implements AutoCloseable {

  private final Lab lab;
  private final String name;
  private final int pid;
  private final HostProgram listener;

  private LinuxGuest(Lab lab, String name) {
    this.lab = lab;
    this.name = name;
    this.pid = Integer.parseInt(lab.script(List.of("guest", "pid", name)).out().strip());
    String socket = "/run/lab/guests/" + name + "/qga.sock";
    this.listener =
        HostProgram.start(
            "listener of guest " + name,
            lab,
            List.of("sh", "-c", "tail -f /dev/null | socat - UNIX-CONNECT:" + socket));
  }

  /**
   * Starts a guest and waits until it is up.
   *
   * @param options of {@code lab guest start}
   */
  static LinuxGuest start(Lab lab, String name, String... options) {
    List<String> words = new ArrayList<>(List.of("guest", "start", name));
    words.addAll(List.of(options));
    lab.script(words);
    LinuxGuest guest = new LinuxGuest(lab, name);
    Evidence.from(guest, guest::said);
    return guest;
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
    listener.close();
    lab.script(List.of("guest", "stop", name));
  }
}
