package org.vcpuacct.guest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whether and how guests are asked. Immutable.
 *
 * @param enabled whether any guest is asked
 * @param interval time between two questions to one guest
 * @param timeout after which a guest counts as not answering; not longer than the interval
 * @param libvirtUri where libvirt is asked for its guests, for example {@code qemu:///system};
 *     empty if it is not
 * @param snmpGuests guests that are asked over SNMP
 */
public record GuestSettings(
    boolean enabled,
    Duration interval,
    Duration timeout,
    Optional<String> libvirtUri,
    List<SnmpGuest> snmpGuests) {

  public GuestSettings {
    snmpGuests = List.copyOf(snmpGuests);
  }

  /** No guest is asked. */
  public static GuestSettings off() {
    GuestSettings defaults = defaults();
    return new GuestSettings(
        false, defaults.interval, defaults.timeout, defaults.libvirtUri, List.of());
  }

  /** What holds where the configuration says nothing. */
  public static GuestSettings defaults() {
    return new GuestSettings(
        true,
        Duration.ofSeconds(5),
        Duration.ofSeconds(3),
        Optional.of("qemu:///system"),
        List.of());
  }
}
