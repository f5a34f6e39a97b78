package org.vcpuacct.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.vcpuacct.export.notify.NotifyTarget;
import org.vcpuacct.snmp.SnmpCredentials;

/** Reads the sections {@code [[notify]]}: managers that are told of alarms. */
final class NotifySections {

  /** It is the name of a file too. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,31}");

  private static final Duration TIMEOUT = Duration.ofMillis(1_500);
  private static final long MIN_TIMEOUT_MS = 100;
  private static final long MAX_TIMEOUT_MS = 60_000;
  private static final int RETRIES = 2;
  private static final int MAX_RETRIES = 100;

  private NotifySections() {}

  /** The targets that the sections name, in their order. */
  static List<NotifyTarget> read(List<Section> sections) throws ConfigException {
    List<NotifyTarget> targets = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section section : sections) {
      NotifyTarget target = target(section);
      if (!names.add(target.name())) {
        throw section.at("name", "\"" + target.name() + "\" is the name of another target");
      }
      targets.add(target);
    }
    return targets;
  }

  private static NotifyTarget target(Section section) throws ConfigException {
    String name = section.required("name", NotifySections::name);
    InetSocketAddress address = section.required("address", SocketAddressParser::parse);
    NotifyTarget.Type type =
        section
            .choice("type", List.of(NotifyTarget.Type.values()), NotifyTarget.Type::label)
            .orElse(NotifyTarget.Type.INFORM);
    SnmpCredentials credentials = CredentialKeys.read(section);
    Duration timeout =
        section.milliseconds("timeout-ms", MIN_TIMEOUT_MS, MAX_TIMEOUT_MS).orElse(TIMEOUT);
    int retries = section.number("retries", 0, MAX_RETRIES).orElse(RETRIES);
    section.finish();
    return new NotifyTarget(name, address, type, credentials, timeout, retries);
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "write 1 to 32 letters, digits, dots, hyphens and underscores; no dot or hyphen first");
    }
    return text;
  }
}
