package org.vcpuacct.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.vcpuacct.alarm.log.LogLimits;
import org.vcpuacct.export.http.HttpSettings;
import org.vcpuacct.export.notify.NotifyTarget;
import org.vcpuacct.history.HistorySettings;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ne.VmSet;

/** Reads a configuration file in TOML. Every key is optional and every key is checked. */
public final class ConfigFile {

  private static final long MIN_INTERVAL_MS = 100;
  private static final long MAX_INTERVAL_MS = 60_000;

  /** The tiers that this version can measure. */
  private static final List<Tier> TIERS = List.of(Tier.values());

  /** Passwords, communities, and a URL with a user's password in it. */
  private static final Pattern SECRET =
      Pattern.compile("(password|community)[\"']?\\s*=|communities|://[^/\\s]*@");

  private ConfigFile() {}

  /**
   * The configuration of a file; a key it does not set keeps its default.
   *
   * @throws ConfigException if the file cannot be read, is not TOML, or has an unknown key or a
   *     value that cannot be used
   */
  public static Config read(Path file) throws ConfigException {
    String text = text(file);
    TomlParseResult toml = Toml.parse(text);
    if (toml.hasErrors()) {
      throw notToml(file, text, toml.errors().get(0));
    }
    Section top = new Section(file, "", toml);
    Config defaults = Config.defaults();
    Optional<Section> agent = top.section("agent");
    Optional<Section> snmp = top.section("snmp");
    Optional<Section> guest = top.section("guest");
    List<VmSet> networkElements = NetworkElementSections.read(top.sections("ne"));
    Optional<Section> agentx = top.section("agentx");
    Optional<Section> overload = top.section("overload");
    Optional<Section> alarm = top.section("alarm");
    LogLimits log = NotificationLogSection.read(top.section("notification-log"), defaults);
    List<NotifyTarget> targets = NotifySections.read(top.sections("notify"));
    HistorySettings history = HistorySection.read(top.section("history"), defaults);
    Optional<HttpSettings> http = http(top.section("http"));
    Optional<Section> otlp = top.section("otlp");
    top.finish();
    Config.Agent measuring =
        agent.isPresent() ? agent(agent.get(), defaults.agent()) : defaults.agent();
    Config config =
        new Config(
            measuring,
            snmp.isPresent() ? SnmpSection.read(snmp.get(), defaults.snmp()) : defaults.snmp(),
            networkElements,
            agentx.isPresent() ? Optional.of(AgentxSection.read(agentx.get())) : Optional.empty(),
            guest.isPresent() ? GuestSection.read(guest.get(), defaults.guest()) : defaults.guest(),
            overload.isPresent()
                ? OverloadSection.read(overload.get(), defaults.overload(), measuring.interval())
                : OverloadSection.defaults(defaults.overload(), measuring.interval()),
            alarm.isPresent() ? AlarmSection.read(alarm.get(), defaults.alarm()) : defaults.alarm(),
            log,
            targets,
            history,
            http,
            otlp.isPresent() ? Optional.of(OtlpSection.read(otlp.get())) : Optional.empty());
    if (snmp.isPresent() && !config.snmp().enabled() && config.agentx().isEmpty()) {
      throw snmp.get().at("enabled", "nothing would serve the figures; add a section [agentx]");
    }
    return config;
  }

  /** What the parser says can repeat what it read, so it is not told where secrets are. */
  private static ConfigException notToml(Path file, String text, TomlParseError error) {
    String problem =
        SECRET.matcher(text).find()
            ? "not TOML; write text in quotes (no more is said of a file with secrets in it)"
            : "not TOML: " + error.getMessage();
    return new ConfigException(file, error.position().line(), problem);
  }

  private static String text(Path file) throws ConfigException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new ConfigException(file, "no such file");
    } catch (CharacterCodingException e) {
      throw new ConfigException(file, "not UTF-8 text");
    } catch (IOException e) {
      throw new ConfigException(file, "cannot be read: " + e.getMessage());
    }
  }

  private static Optional<HttpSettings> http(Optional<Section> section) throws ConfigException {
    HttpSettings defaults = HttpSettings.defaults();
    return section.isPresent() ? HttpSection.read(section.get(), defaults) : Optional.of(defaults);
  }

  private static Config.Agent agent(Section section, Config.Agent defaults) throws ConfigException {
    Duration interval =
        section
            .milliseconds("interval-ms", MIN_INTERVAL_MS, MAX_INTERVAL_MS)
            .orElse(defaults.interval());
    Tier bestTier = section.choice("best-tier", TIERS, Tier::label).orElse(defaults.bestTier());
    Path stateDir = section.parsed("state-dir", ConfigFile::path).orElse(defaults.stateDir());
    section.finish();
    return new Config.Agent(interval, bestTier, stateDir);
  }

  /**
   * The path that a text is.
   *
   * @throws IllegalArgumentException if it does not begin at the root
   */
  static Path path(String text) {
    try {
      Path path = Path.of(text);
      if (path.isAbsolute()) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(e.getReason(), e);
    }
    throw new IllegalArgumentException("write a path from the root, for example /var/lib/vcpuacct");
  }
}
