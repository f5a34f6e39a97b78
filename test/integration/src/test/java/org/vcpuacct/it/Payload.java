package org.vcpuacct.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The guest whose exits and times are known beforehand, test/lab/payload/payload.c. It does nothing
 * until its next phase is run.
 */
final class Payload implements AutoCloseable {

  private static final Duration BUILD_LIMIT = Duration.ofSeconds(60);
  private static final Duration READY_LIMIT = Duration.ofMinutes(1);
  private static final Duration PHASE_LIMIT = Duration.ofMinutes(4);
  private static final Pattern READY = Pattern.compile("ready pid \\d+(.*)");
  private static final Pattern THREAD = Pattern.compile("v(\\d+)=(\\d+)");

  private static final Map<String, Path> COPIES = new HashMap<>();

  private static Path built;

  private final String name;
  private final HostProgram vmm;
  private final Map<Integer, Integer> threads = new TreeMap<>();
  private int phase;

  private Payload(String name, HostProgram vmm) {
    this.name = name;
    this.vmm = vmm;
  }

  /**
   * Starts a payload guest and waits until it is ready.
   *
   * @param options of the program, at least one {@code --phase}
   */
  static Payload start(Host host, String name, String... options) {
    return start(program(), host, name, options);
  }

  /** Starts one as {@link #start} does, that looks like QEMU by the name of its program. */
  static Payload startAsQemu(Host host, String name, String... options) {
    return start(copyNamed("qemu-system-payload"), host, name, options);
  }

  private static Payload start(Path program, Host host, String name, String... options) {
    List<String> words = new ArrayList<>(List.of(program.toString(), "--name", name));
    words.addAll(List.of(options));
    Payload payload = new Payload(name, HostProgram.start("guest " + name, host, words));
    try {
      Matcher ready = payload.vmm.awaitLine(READY_LIMIT, READY);
      Matcher thread = THREAD.matcher(ready.group(1));
      while (thread.find()) {
        payload.threads.put(Integer.parseInt(thread.group(1)), Integer.parseInt(thread.group(2)));
      }
      return payload;
    } catch (AssertionError e) {
      payload.close();
      throw e;
    }
  }

  /** Built below the project's folder, which the lab sees. */
  private static synchronized Path program() {
    if (built == null) {
      Path program = Project.OUTPUT.resolve("payload");
      String source = Project.file("test/lab/payload/payload.c");
      Program.run(
              BUILD_LIMIT, "gcc", "-O2", "-static", "-pthread", "-o", program.toString(), source)
          .orFail();
      built = program;
    }
    return built;
  }

  /** Made once: another host does not keep a file from being written over that it runs. */
  private static synchronized Path copyNamed(String name) {
    return COPIES.computeIfAbsent(
        name,
        key -> {
          Path copy = Project.OUTPUT.resolve(name);
          String[] words = {"cp", "--remove-destination", program().toString(), copy.toString()};
          Program.run(BUILD_LIMIT, words).orFail();
          return copy;
        });
  }

  String name() {
    return name;
  }

  /** The VMM's process. */
  int pid() {
    return vmm.pid();
  }

  /** The thread of each vCPU, as the threads themselves say. */
  Map<Integer, Integer> threads() {
    return threads;
  }

  /** Has the next phase begin. */
  void beginPhase() {
    phase++;
    vmm.signal("USR1");
  }

  /**
   * Waits until the phase is over.
   *
   * @return how long it took by the payload's own clock, CLOCK_MONOTONIC, ns
   */
  long awaitPhase() {
    Matcher done =
        vmm.awaitLine(PHASE_LIMIT, Pattern.compile("phase " + phase + " done (\\d+) ns.*"));
    return Long.parseLong(done.group(1));
  }

  /** Runs the next phase to its end, and returns how long it took, ns. */
  long runPhase() {
    beginPhase();
    return awaitPhase();
  }

  /** Ends the guest in an orderly way and waits until it has. */
  void stop() {
    vmm.signal("TERM");
    vmm.await(READY_LIMIT);
  }

  @Override
  public void close() {
    vmm.close();
  }
}
