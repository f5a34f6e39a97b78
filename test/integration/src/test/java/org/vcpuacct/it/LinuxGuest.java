package org.vcpuacct.it;

import java.util.ArrayList;
import java.util.List;

/** A Linux guest of the lab, under QEMU. */
final class LinuxGuest implements AutoCloseable {

  private final Lab lab;
  private final String name;

  private LinuxGuest(Lab lab, String name) {
    this.lab = lab;
    this.name = name;
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
    return Integer.parseInt(lab.script(List.of("guest", "pid", name)).out().strip());
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
    lab.script(List.of("guest", "stop", name));
  }
}
