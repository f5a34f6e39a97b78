package org.vcpuacct.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The daemon, run from the jar as it is shipped, and the tools that read it. */
final class Daemon implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration RELOAD_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final String CONFIG_NAME = "vcpuacct.conf";
  private static final Pattern RELOADED = Pattern.compile("(vcpuacct|not) reloaded.*\n");

  private final HostProgram program;
  private final SnmpTools snmp;
  private final Host.SnmpAddress snmpAddress;
  private final Optional<Host.HttpAddress> httpAddress;
  private final String stateDir;
  private final Host host;
  private final String config;

  private Daemon(
      HostProgram program,
      Host.SnmpAddress snmpAddress,
      Optional<Host.HttpAddress> httpAddress,
      String stateDir,
      Host host,
      String config) {
    this.program = program;
    this.snmp = SnmpTools.of(snmpAddress.manager(), "public");
    this.snmpAddress = snmpAddress;
    this.httpAddress = httpAddress;
    this.stateDir = stateDir;
    this.host = host;
    this.config = config;
  }

  /** A daemon on a host, with a new state folder and otherwise as it comes. */
  static Builder on(Host host) {
    return new Builder(host);
  }

  /** The tools, pointed at this daemon. */
  SnmpTools snmp() {
    return snmp;
  }

  /** What its rows say. */
  Manager manager() {
    return new Manager(snmp);
  }

  /** Its address as a manager on this machine sees it, ADDRESS:PORT. */
  String address() {
    return snmpAddress.manager();
  }

  /** Where a browser on this machine finds its page, ADDRESS:PORT. */
  String httpAddress() {
    return httpAddress.orElseThrow().browser();
  }

  /** The socket on its host that the command line reads. */
  String httpSocket() {
    return stateDir + "/http.sock";
  }

  /** Reads its newest snapshot over HTTP, as JSON. */
  String readSnapshot() {
    URI snapshot = URI.create("http://" + httpAddress() + "/api/v1/snapshot");
    try (InputStream in = snapshot.toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it has logged so far. */
  String log() {
    return program.said();
  }

  /** Its process on its host. */
  int pid() {
    return program.pid();
  }

  /** Its state folder on its host. */
  String stateDir() {
    return stateDir;
  }

  /** The configuration that it was started with. */
  String config() {
    return config;
  }

  /**
   * Has it read another configuration in place of its own.
   *
   * @return what it has logged of that
   */
  String reload(String otherConfig) {
    int before = log().length();
    host.put(CONFIG_NAME, otherConfig);
    program.signal("HUP");
    return Await.value(
        "end of the reload",
        RELOAD_LIMIT,
        () -> Optional.of(log().substring(before)).filter(RELOADED.asPredicate()));
  }

  /** Asks it to end, with SIGTERM, and waits until it has. */
  Program.Result stop() {
    program.signal("TERM");
    return program.await(STOP_LIMIT);
  }

  /**
   * Ends it with SIGKILL: it can do nothing more.
   *
   * @return when, by the clock of its host
   */
  Instant kill() {
    Instant killed = program.kill();
    program.await(STOP_LIMIT);
    return killed;
  }

  @Override
  public void close() {
    program.close();
  }

  private void awaitAnswer() {
    Await.until(
        "answer of the daemon",
        START_LIMIT,
        () -> {
          if (!program.isRunning()) {
            throw new AssertionError("the daemon ended:\n" + log());
          }
          return snmp.tryGet("VCPU-ACCT-MIB::vaAgentSteps.0").status() == 0;
        });
  }

  /** How a daemon is started. */
  static final class Builder {

    private final Host host;
    private final List<String> through = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private String jar;
    private String jvmOptions;
    private Optional<String> jvmOption = Optional.empty();
    private String stateDir;
    private String bestTier = "exact";
    private boolean standingStill;
    private String snmpLines = "";
    private Optional<Host.SnmpAddress> address = Optional.empty();
    private Optional<Host.HttpAddress> httpAddress = Optional.empty();

    private Builder(Host host) {
      this.host = host;
      this.jar = host.place(Project.JAR);
      this.jvmOptions = host.place(Project.JVM_OPTIONS);
    }

    /** With a state folder that is there already. */
    Builder stateDir(String path) {
      stateDir = path;
      return this;
    }

    /** With no better tier than this. */
    Builder bestTier(String tier) {
      bestTier = tier;
      return this;
    }

    /** With figures that stand still: its second step is a minute after its first. */
    Builder standingStill() {
      standingStill = true;
      return this;
    }

    /** With more lines of the section {@code [snmp]}, and sections after it. */
    Builder snmp(String lines) {
      snmpLines = lines;
      return this;
    }

    /** With its page and all that it serves over HTTP. */
    Builder http() {
      httpAddress = Optional.of(host.httpAddress());
      return this;
    }

    private String httpSection() {
      return httpAddress
          .map(
              address ->
                  "[http]\nlisten = \"%s\"\nanywhere = true\nsocket = \"%s/http.sock\"\n"
                      .formatted(address.listen(), stateDir))
          .orElse("[http]\nenabled = false\n");
    }

    /** On the address of another daemon, which has ended. */
    Builder inPlaceOf(Daemon ended) {
      address = Optional.of(ended.snmpAddress);
      return this;
    }

    /** By way of another program, which gets the daemon's command line as its arguments. */
    Builder through(String... words) {
      through.addAll(List.of(words));
      return this;
    }

    /** With more arguments of {@code run}. */
    Builder with(String... words) {
      arguments.addAll(List.of(words));
      return this;
    }

    /** From copies of the jar and of the options of its JVM. */
    Builder from(String jarCopy, String jvmOptionsCopy) {
      jar = jarCopy;
      jvmOptions = jvmOptionsCopy;
      return jvm("-Xshare:auto");
    }

    /** With another option of the JVM than the archive of its classes. */
    Builder jvm(String option) {
      jvmOption = Optional.of(option);
      return this;
    }

    /** Starts the daemon and waits until it answers and has taken its first steps. */
    Daemon start() {
      if (stateDir == null) {
        stateDir = host.newStateDir();
      }
      Host.SnmpAddress snmpAddress = address.orElseGet(host::snmpAddress);
      String config = config(snmpAddress.listen());
      HostProgram program = HostProgram.start("the daemon", host, words(config));
      Daemon daemon = new Daemon(program, snmpAddress, httpAddress, stateDir, host, config);
      try {
        daemon.awaitAnswer();
        daemon.manager().awaitStep(standingStill ? 1 : 2);
        return daemon;
      } catch (AssertionError e) {
        AssertionError withLog = new AssertionError(e.getMessage() + "\n" + daemon.log(), e);
        daemon.close();
        throw withLog;
      }
    }

    private String config(String listen) {
      return """
          [agent]
          interval-ms = %d
          best-tier = "%s"
          state-dir = "%s"
          %s
          [snmp]
          listen = "%s"
          v2c-anywhere = %s
          %s
          """
          .formatted(
              standingStill ? 60_000 : 1_000,
              bestTier,
              stateDir,
              httpSection(),
              listen,
              !listen.startsWith("127."),
              snmpLines);
    }

    private List<String> words(String config) {
      String file = host.put(CONFIG_NAME, config);
      List<String> words = new ArrayList<>(through);
      String option = jvmOption.orElseGet(() -> ClassArchive.use(host));
      words.addAll(List.of("java", "@" + jvmOptions, option, "-jar", jar, "run", "--config", file));
      words.addAll(arguments);
      return words;
    }
  }
}
