package org.vcpuacct.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vcpuacct.guest.GuestSettings;
import org.vcpuacct.guest.SnmpGuest;

/** Reads section {@code [guest]}: whether and how guests are asked for their load. */
final class GuestSection {

  private static final long MIN_INTERVAL_MS = 1_000;
  private static final long MAX_INTERVAL_MS = 3_600_000;
  private static final long MIN_TIMEOUT_MS = 100;

  /** The guests are on this host, and so is who holds their sockets. */
  private static final Pattern LIBVIRT_URI =
      Pattern.compile("qemu(\\+unix)?:///(system|session)(\\?[!-~]+)?");

  private GuestSection() {}

  /** What the section says; a key that it does not set keeps its default. */
  static GuestSettings read(Section section, GuestSettings defaults) throws ConfigException {
    boolean enabled = section.bool("enabled").orElse(defaults.enabled());
    Duration interval =
        section
            .milliseconds("interval-ms", MIN_INTERVAL_MS, MAX_INTERVAL_MS)
            .orElse(defaults.interval());
    Duration timeout =
        section
            .milliseconds("timeout-ms", MIN_TIMEOUT_MS, interval.toMillis())
            .orElse(shorter(defaults.timeout(), interval));
    Optional<String> libvirtUri =
        section.parsed("libvirt", GuestSection::libvirtUri).orElse(defaults.libvirtUri());
    List<SnmpGuest> snmpGuests = new ArrayList<>();
    for (Section guest : section.sections("snmp")) {
      snmpGuests.add(SnmpGuestSection.read(guest));
    }
    section.finish();
    return new GuestSettings(enabled, interval, timeout, libvirtUri, snmpGuests);
  }

  private static Optional<String> libvirtUri(String text) {
    if (text.equals("off")) {
      return Optional.empty();
    }
    if (!LIBVIRT_URI.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "write \"off\", or a URI of this host's libvirt, as \"qemu:///system\"");
    }
    return Optional.of(text);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
