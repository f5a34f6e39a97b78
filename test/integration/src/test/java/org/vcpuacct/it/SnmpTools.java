package org.vcpuacct.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * net-snmp's command-line tools, pointed at one agent, with VCPU-ACCT-MIB and UCD-SNMP-MIB loaded.
 *
 * <p>Whatever a tool writes to standard error is a failure, unless the method says otherwise.
 */
final class SnmpTools {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String MODULES = "UCD-SNMP-MIB:VCPU-ACCT-MIB";

  /** Names without their module, indexes and enumerations as numbers, no units. */
  private static final String BY_NAME = "-OsbeU";

  /** The same, with object identifiers as numbers. */
  private static final String BY_NUMBER = "-OnbeU";

  private static String mibDirs;

  private final String address;
  private final List<String> credentials;

  private SnmpTools(String address, List<String> credentials) {
    this.address = address;
    this.credentials = List.copyOf(credentials);
  }

  /**
   * Tools that ask the agent at an address.
   *
   * @throws AssertionError if a tool or a MIB is missing; the message names its package
   */
  static synchronized SnmpTools of(String address, String community) {
    if (mibDirs == null) {
      Program.run(LIMIT, Project.file("test/mib/requires"), "--check").orFail();
      mibDirs = Program.run(LIMIT, Project.file("test/mib/mibdirs")).orFail().out().strip();
    }
    return new SnmpTools(address, List.of("-v2c", "-c", community));
  }

  /** The same tools with another community. */
  SnmpTools withCommunity(String other) {
    return new SnmpTools(address, List.of("-v2c", "-c", other));
  }

  /** The same tools with these options in place of version and community. */
  SnmpTools withCredentials(String... options) {
    return new SnmpTools(address, List.of(options));
  }

  /** The same tools by way of another address. */
  SnmpTools by(String otherAddress) {
    return new SnmpTools(otherAddress, credentials);
  }

  /** One instance, which may be absent. */
  Varbind get(String name) {
    return get(List.of(name)).get(0);
  }

  /** Several instances of one instant, in one request; each may be absent. */
  List<Varbind> get(List<String> names) {
    return variables(run("snmpget", List.of(BY_NAME), names));
  }

  /** Several instances by number. */
  List<Varbind> getByNumber(List<String> oids) {
    return variables(run("snmpget", List.of(BY_NUMBER), oids));
  }

  /** All instances below an object, read with GETNEXT. */
  List<Varbind> walk(String object) {
    return variables(run("snmpwalk", List.of(BY_NAME, "-CI"), List.of(object)));
  }

  /** All instances below an object, read with GETNEXT, by number. */
  List<Varbind> walkByNumber(String object) {
    return variables(run("snmpwalk", List.of(BY_NUMBER, "-CI"), List.of(object)));
  }

  /** All instances below an object, read with GETBULK, by number. */
  List<Varbind> bulkWalkByNumber(int maxRepetitions, String object) {
    return variables(
        run("snmpbulkwalk", List.of(BY_NUMBER, "-Cr" + maxRepetitions), List.of(object)));
  }

  /** The lines of a table as snmptable prints it, from its column titles on. */
  List<String> table(String object) {
    return run("snmptable", List.of("-CB", "-Ci", "-CH"), List.of(object))
        .out()
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }

  /** Tries to set an instance; how that ends is the caller's to judge. */
  Program.Result trySet(String name, String type, String value) {
    return tool("snmpset", List.of("-t", "5"), List.of(name, type, value));
  }

  /** Asks once and waits a second; how that ends is the caller's to judge. */
  Program.Result tryGet(String name) {
    return tool("snmpget", List.of("-t", "1", "-r", "0", BY_NAME), List.of(name));
  }

  private Program.Result run(String name, List<String> options, List<String> objects) {
    List<String> withTimeout = new ArrayList<>(List.of("-t", "10", "-r", "1"));
    withTimeout.addAll(options);
    Program.Result result = tool(name, withTimeout, objects).orFail();
    if (!result.err().isEmpty()) {
      throw new AssertionError("said on standard error: " + result);
    }
    return result;
  }

  private Program.Result tool(String name, List<String> options, List<String> objects) {
    List<String> words = new ArrayList<>(List.of(name, "-m", MODULES));
    words.addAll(credentials);
    words.addAll(options);
    words.add(address);
    words.addAll(objects);
    return Program.run(LIMIT, Map.of("MIBDIRS", mibDirs), "", words);
  }

  private static List<Varbind> variables(Program.Result result) {
    return result
        .out()
        .lines()
        .filter(line -> !line.contains("No more variables left in this MIB View"))
        .map(Varbind::parse)
        .toList();
  }
}
