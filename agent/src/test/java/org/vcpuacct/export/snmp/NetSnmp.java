package org.vcpuacct.export.snmp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The command line tools of net-snmp, against one agent. A tool that is missing fails the test and
 * says which package to install.
 */
final class NetSnmp {

  /** What a tool printed, errors included, and its exit status. */
  record Result(int status, String output) {
    List<String> lines() {
      return output.lines().toList();
    }
  }

  private static final Path CHECKS = Path.of("..", "test", "mib");
  private static final int ANSWER_SECONDS = 5;
  private static final int REFUSAL_SECONDS = 2;
  private static final long DEADLINE_SECONDS = 60;

  private final String agent;
  private final String mibDirs;
  private final Path home;

  /**
   * The tools against the agent at this address.
   *
   * @param home an empty folder: no configuration of the user has a say
   */
  NetSnmp(InetSocketAddress address, Path home) throws IOException {
    this.agent = peer(address);
    this.home = home;
    // Else each tool announces that it has made it.
    Files.createDirectories(home.resolve("cert_indexes"));
    require(run(List.of(CHECKS.resolve("requires").toString(), "--check"), false));
    this.mibDirs = require(run(List.of(CHECKS.resolve("mibdirs").toString()), false)).strip();
  }

  /**
   * Runs a tool over SNMPv2c with the MIB loaded.
   *
   * @param options separated by spaces
   * @param objects what follows the agent on the command line
   */
  Result withMib(String tool, String options, String... objects) {
    return run(command(tool, options + " -v2c -c public", objects), true);
  }

  /** Runs a tool over SNMPv2c; objects are shown by number. */
  Result inNumbers(String tool, String options, String... objects) {
    return run(command(tool, options + " -On -v2c -c public", objects), false);
  }

  /** Runs a tool over SNMPv1; objects are shown by number. */
  Result inNumbersV1(String tool, String... objects) {
    return run(command(tool, "-On -v1 -c public", objects), false);
  }

  /** Runs a tool over SNMPv2c with another community, once. */
  Result asCommunity(String community, String tool, String... objects) {
    return run(command(tool, "-On -v2c -r0 -c " + community, objects), false);
  }

  /**
   * Runs a tool once; objects are shown by number.
   *
   * @param identity options for the version, who asks and the context, a word each
   */
  Result as(List<String> identity, String tool, String... objects) {
    List<String> command = new ArrayList<>(List.of(tool, "-On", "-r0", "-t" + REFUSAL_SECONDS));
    command.addAll(identity);
    command.add(agent);
    command.addAll(List.of(objects));
    return run(command, false);
  }

  private List<String> command(String tool, String options, String... objects) {
    List<String> command = new ArrayList<>(List.of(tool));
    command.addAll(List.of(options.strip().split(" +", -1)));
    command.addAll(List.of("-t" + ANSWER_SECONDS, agent));
    command.addAll(List.of(objects));
    return command;
  }

  private Result run(List<String> command, boolean withMib) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SNMPCONFPATH", String.valueOf(home));
    builder.environment().put("SNMP_PERSISTENT_DIR", String.valueOf(home));
    builder.environment().put("MIBS", withMib ? "VCPU-ACCT-MIB" : "");
    if (withMib) {
      builder.environment().put("MIBDIRS", mibDirs);
    }
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " did not end");
      }
      return new Result(process.exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String require(Result result) {
    if (result.status() != 0) {
      throw new AssertionError(result.output());
    }
    return result.output();
  }

  private static String peer(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    return host instanceof Inet6Address
        ? "udp6:[" + host.getHostAddress() + "]:" + address.getPort()
        : "udp:" + host.getHostAddress() + ":" + address.getPort();
  }
}
