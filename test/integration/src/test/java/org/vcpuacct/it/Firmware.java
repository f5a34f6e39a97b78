package org.vcpuacct.it;

import java.util.ArrayList;
import java.util.List;

/** A guest under QEMU that has nothing but its firmware: real vCPUs, up in an instant. */
final class Firmware implements AutoCloseable {

  private final HostProgram qemu;

  private Firmware(HostProgram qemu) {
    this.qemu = qemu;
  }

  /**
   * Starts a guest with two vCPUs.
   *
   * @param debugThreads whether QEMU names its vCPUs' threads
   * @param options more options of QEMU
   */
  static Firmware start(Host host, String name, boolean debugThreads, String... options) {
    String nameOption =
        "guest=" + name.replace(",", ",,") + (debugThreads ? ",debug-threads=on" : "");
    List<String> words = new ArrayList<>(List.of("qemu-system-x86_64", "-name", nameOption));
    words.addAll(List.of("-accel", "kvm", "-smp", "2", "-m", "64", "-nodefaults"));
    words.addAll(List.of("-display", "none"));
    words.addAll(List.of(options));
    return new Firmware(HostProgram.start("QEMU " + name, host, words));
  }

  /** QEMU's process. */
  int pid() {
    return qemu.pid();
  }

  @Override
  public void close() {
    qemu.close();
  }
}
