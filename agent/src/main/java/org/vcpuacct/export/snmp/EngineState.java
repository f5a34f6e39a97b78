package org.vcpuacct.export.snmp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.mp.MPv3;
import org.snmp4j.smi.OctetString;
import org.vcpuacct.state.StateFile;

/**
 * The identity of the SNMP engine, and how often it has booted (RFC 3411 section 5, RFC 3414
 * section 2.2), kept in the file {@code snmp-engine} of the state folder.
 *
 * @param engineId permanent for this state folder
 * @param boots from 1; at its maximum it stands still, and no authenticated message is taken
 * @param bootedNs CLOCK_MONOTONIC at which it booted, ns
 */
public record EngineState(OctetString engineId, int boots, long bootedNs) {

  private static final Logger LOG = LoggerFactory.getLogger(EngineState.class);
  private static final String FILE = "snmp-engine";
  private static final String ENGINE_ID = "engine-id";
  private static final String BOOTS = "boots";
  private static final int RANDOM_OCTETS = 12;

  /** RFC 3411 section 5, SnmpEngineID. */
  private static final int MIN_ENGINE_ID_OCTETS = 5;

  private static final int MAX_ENGINE_ID_OCTETS = 32;

  /**
   * Counts one more boot of the engine in the state folder. The file is written before the engine
   * serves, so that an abrupt end cannot repeat a boot.
   *
   * <p>A file that cannot be used is replaced by a new identity, whose boots may start anew: the
   * keys of all users are other keys then.
   *
   * @param mustBeKept whether a message of an earlier boot must not be taken for one of this boot.
   *     Communities, which prove nothing, have no need of it: a folder that cannot be written costs
   *     no more than a warning then
   * @throws EngineStateException if it must be kept and cannot
   */
  public static EngineState boot(Path stateDir, boolean mustBeKept) throws EngineStateException {
    Path file = stateDir.resolve(FILE);
    EngineState state = read(file).next();
    try {
      state.keep(stateDir);
    } catch (EngineStateException notKept) {
      if (mustBeKept) {
        throw notKept;
      }
      LOG.warn("{}; until then they change with each start", notKept.getMessage());
    }
    if (mustBeKept && state.boots == Integer.MAX_VALUE) {
      LOG.error(
          "the SNMP engine has booted too often: SNMPv3 refuses every user (RFC 3414 section"
              + " 2.2.2); delete {} and start again, for a new identity",
          file);
    }
    return state;
  }

  /**
   * Makes sure that the file says so, for who could do without it when the engine booted.
   *
   * @throws EngineStateException if it cannot be written
   */
  public void keep(Path stateDir) throws EngineStateException {
    Path file = stateDir.resolve(FILE);
    try {
      StateFile.replace(file, text());
    } catch (IOException e) {
      throw new EngineStateException(file, e);
    }
  }

  /**
   * snmpEngineTime (RFC 3411), s: the same for whoever speaks as this engine, whenever it begins.
   */
  public int secondsSinceBoot() {
    return (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - bootedNs);
  }

  private static EngineState read(Path file) {
    try {
      return parse(Files.readString(file, UTF_8));
    } catch (NoSuchFileException e) {
      return created();
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("{} cannot be used, the SNMP engine gets a new identity: {}", file, e.toString());
      return created();
    }
  }

  private static EngineState created() {
    byte[] random = new byte[RANDOM_OCTETS];
    new SecureRandom().nextBytes(random);
    OctetString name = new OctetString(HexFormat.of().formatHex(random));
    return new EngineState(new OctetString(MPv3.createLocalEngineID(name)), 0, System.nanoTime());
  }

  private static EngineState parse(String text) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = new StringReader(text)) {
      properties.load(reader);
    }
    OctetString engineId = new OctetString(HexFormat.of().parseHex(value(properties, ENGINE_ID)));
    int boots = Integer.parseInt(value(properties, BOOTS));
    boolean valid =
        engineId.length() >= MIN_ENGINE_ID_OCTETS
            && engineId.length() <= MAX_ENGINE_ID_OCTETS
            && boots > 0;
    if (!valid) {
      throw new IllegalArgumentException("engine ID or boots out of range");
    }
    return new EngineState(engineId, boots, System.nanoTime());
  }

  private static String value(Properties properties, String key) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("no " + key);
    }
    return value.strip();
  }

  private EngineState next() {
    return new EngineState(
        engineId, boots == Integer.MAX_VALUE ? boots : boots + 1, System.nanoTime());
  }

  private String text() {
    return ENGINE_ID + "=" + hex() + "\n" + BOOTS + "=" + boots + "\n";
  }

  private String hex() {
    return HexFormat.of().formatHex(engineId.getValue());
  }
}
