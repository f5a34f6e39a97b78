package org.vcpuacct.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The KVM host under emulation, test/lab/lab. It ends with this JVM, however that ends. */
final class Lab implements Host, AutoCloseable {

  private static final Duration UP_LIMIT = Duration.ofMinutes(5);
  private static final Duration COMMAND_LIMIT = Duration.ofMinutes(4);
  private static final int SNMP_PORT = 1161;
  private static final int HTTP_PORT = 9464;
  private static final int CONSOLE_TAIL_CHARACTERS = 4000;

  /** Options of {@code lab up}. */
  private static final List<String> PLAIN = List.of();

  private final String kernel;
  private final Path folder;
  private final Set<Path> placed = new HashSet<>();
  private final int forwardedPort = ThisMachine.freeUdpPort();
  private final int forwardedHttpPort = ThisMachine.freeTcpPort();

  private Lab(String kernel, Path folder) {
    this.kernel = kernel;
    this.folder = folder;
  }

  /**
   * Boots a lab.
   *
   * @param kernel as {@code lab up} calls it; empty for its default
   */
  static Lab boot(String kernel) {
    return boot(kernel, "lab" + kernel, PLAIN);
  }

  /**
   * Boots one that systemd runs, for what is installed as a service.
   *
   * @param kernel as {@code lab up} calls it; empty for its default
   */
  static Lab bootSystemd(String kernel) {
    return boot(kernel, "lab" + kernel + "-systemd", List.of("--init", "systemd"));
  }

  /** Boots one beside it, of the same kernel, for what cannot be undone in a kernel that runs. */
  Lab bootAnother() {
    return boot(kernel, folder.getFileName() + "-spare", PLAIN);
  }

  private static Lab boot(String kernel, String folderName, List<String> options) {
    Lab lab = new Lab(kernel, Project.OUTPUT.resolve(folderName));
    List<String> words = new ArrayList<>(List.of("up"));
    words.addAll(List.of("--owner", Long.toString(ProcessHandle.current().pid())));
    words.addAll(List.of("--forward", "udp:" + lab.forwardedPort + ":" + SNMP_PORT));
    words.addAll(List.of("--forward", "tcp:" + lab.forwardedHttpPort + ":" + HTTP_PORT));
    if (!kernel.isEmpty()) {
      words.addAll(List.of("--kernel", kernel));
    }
    words.addAll(options);
    Program.run(UP_LIMIT, Map.of(), "", lab.words(words)).orFail();
    Evidence.from(lab, lab::consoleTail);
    return lab;
  }

  /** Runs a command of the lab's script to its end, for example {@code guest list}. */
  Program.Result script(List<String> arguments) {
    return Program.run(COMMAND_LIMIT, Map.of(), "", words(arguments)).orFail();
  }

  /** Begins a command of the lab's script and leaves it running. */
  Program begin(List<String> arguments) {
    return Program.start(words(arguments));
  }

  @Override
  public List<String> command(List<String> words) {
    List<String> exec = new ArrayList<>(List.of("exec"));
    exec.addAll(words);
    return words(exec);
  }

  /**
   * The words of an ssh on this machine to the lab, as somebody has them who has a key for it; its
   * options come first.
   */
  List<String> ssh(String... options) {
    List<String> words = new ArrayList<>(List.of("ssh", "-F", "none"));
    words.addAll(List.of("-p", line("ssh_port"), "-i", folder.resolve("key").toString()));
    words.addAll(List.of("-o", "UserKnownHostsFile=" + folder.resolve("known_hosts")));
    words.addAll(List.of("-o", "HostKeyAlias=lab", "-o", "BatchMode=yes"));
    words.addAll(List.of(options));
    words.add("root@127.0.0.1");
    return words;
  }

  private String line(String file) {
    try {
      return Files.readString(folder.resolve(file)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String put(String name, String content) {
    String path = "/run/" + name;
    List<String> words = words(List.of("exec", "-i", "sh", "-c", "cat > " + path));
    Program.run(COMMAND_LIMIT, Map.of(), content, words).orFail();
    return path;
  }

  /**
   * A copy in the lab's memory, mounted over the file: each of the JVM's many small reads would go
   * out to this machine else. The path and the time stay, by which a JVM knows the jar of an
   * archive of classes.
   */
  @Override
  public String place(Path file) {
    if (placed.add(file)) {
      String copy = "/run/" + file.getFileName();
      run("cp", "--preserve=timestamps", file.toString(), copy).orFail();
      run("mount", "--bind", copy, file.toString()).orFail();
    }
    return file.toString();
  }

  @Override
  public String newStateDir() {
    return "/run/state-" + UUID.randomUUID();
  }

  /** The one that is forwarded: one daemon at a time. */
  @Override
  public SnmpAddress snmpAddress() {
    return new SnmpAddress("0.0.0.0:" + SNMP_PORT, "127.0.0.1:" + forwardedPort);
  }

  /** The one that is forwarded: one daemon at a time. */
  @Override
  public HttpAddress httpAddress() {
    return new HttpAddress("0.0.0.0:" + HTTP_PORT, "127.0.0.1:" + forwardedHttpPort);
  }

  @Override
  public void close() {
    Evidence.lastFrom(this);
    script(List.of("down"));
  }

  @Override
  public String toString() {
    return "the lab's console";
  }

  private List<String> words(List<String> arguments) {
    List<String> words =
        new ArrayList<>(List.of("env", "LAB_DIR=" + folder, Project.file("test/lab/lab")));
    words.addAll(arguments);
    return words;
  }

  private String consoleTail() {
    try {
      String console =
          new String(
              Files.readAllBytes(folder.resolve("console.log")), StandardCharsets.ISO_8859_1);
      return console.substring(Math.max(0, console.length() - CONSOLE_TAIL_CHARACTERS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
