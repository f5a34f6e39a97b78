package org.vcpuacct.config;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vcpuacct.guest.SnmpCredentials;
import org.vcpuacct.guest.SnmpCredentials.Authentication;
import org.vcpuacct.guest.SnmpCredentials.Privacy;
import org.vcpuacct.guest.SnmpGuest;

/** Reads a section {@code [[guest.snmp]]}: a guest that is asked over SNMP. */
final class SnmpGuestSection {

  /** RFC 3414, section 11.2. */
  private static final int MIN_PASSWORD_OCTETS = 8;

  private SnmpGuestSection() {}

  static SnmpGuest read(Section section) throws ConfigException {
    String vm = section.required("vm", text -> text);
    InetSocketAddress address = section.required("address", SocketAddressParser::parse);
    Optional<String> community = section.string("community");
    Optional<String> user = section.string("user");
    if (community.isPresent() == user.isPresent()) {
      throw section.here("write either community (SNMPv2c) or user (SNMPv3)");
    }
    SnmpCredentials credentials =
        user.isPresent()
            ? user(section, user.get())
            : new SnmpCredentials.Community(community.get());
    section.finish();
    return new SnmpGuest(vm, address, credentials);
  }

  private static SnmpCredentials user(Section section, String name) throws ConfigException {
    Authentication authentication =
        section
            .parsed("auth", text -> constant(text, Authentication.values(), Authentication::label))
            .orElse(Authentication.SHA_256);
    String password = section.required("auth-password-file", SnmpGuestSection::password);
    Privacy privacy =
        section
            .parsed("privacy", text -> constant(text, Privacy.values(), Privacy::label))
            .orElse(Privacy.AES_128);
    Optional<SnmpCredentials.Encryption> encryption =
        section
            .parsed("privacy-password-file", SnmpGuestSection::password)
            .map(secret -> new SnmpCredentials.Encryption(privacy, secret));
    return new SnmpCredentials.User(name, authentication, password, encryption);
  }

  private static <E> E constant(String text, E[] values, Function<E, String> label) {
    return Arrays.stream(values)
        .filter(value -> label.apply(value).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "write one of "
                        + Arrays.stream(values)
                            .map(value -> "\"" + label.apply(value) + "\"")
                            .collect(Collectors.joining(", "))));
  }

  /** A password from a file that only its owner and group may read, without the line's end. */
  private static String password(String file) {
    Path path = Path.of(file);
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
        throw new IllegalArgumentException("others may read it: chmod o-r " + file);
      }
      String password = Files.readString(path).stripTrailing();
      if (password.getBytes(StandardCharsets.UTF_8).length < MIN_PASSWORD_OCTETS) {
        throw new IllegalArgumentException(
            "its password has less than " + MIN_PASSWORD_OCTETS + " octets");
      }
      return password;
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read: " + e, e);
    }
  }
}
