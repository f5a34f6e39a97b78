package org.vcpuacct.config;

import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vcpuacct.snmp.Password;

/**
 * Reads a password from {@code KEY}, or from the file that {@code KEY-file} names. The file that
 * holds it must not be open to other users. No message repeats a password.
 */
final class PasswordKeys {

  private static final int MAX_FILE_OCTETS = 1024;

  private PasswordKeys() {}

  /** The password; empty if neither key is there. */
  static Optional<Password> read(Section section, String key) throws ConfigException {
    Optional<String> text = section.string(key);
    Optional<Password> ofFile = section.parsed(key + "-file", PasswordKeys::ofFile);
    if (text.isEmpty()) {
      return ofFile;
    }
    if (ofFile.isPresent()) {
      throw section.at(key, "there is " + key + "-file too; write one of them");
    }
    try {
      requirePrivate(section.file());
      return Optional.of(new Password(text.get()));
    } catch (IllegalArgumentException e) {
      throw section.at(key, e.getMessage());
    }
  }

  private static Password ofFile(String path) {
    Path file = ConfigFile.path(path);
    requirePrivate(file);
    List<String> lines = text(file).lines().toList();
    if (lines.size() != 1) {
      throw new IllegalArgumentException(
          "it has " + lines.size() + " lines; write the password in one");
    }
    return new Password(lines.get(0));
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_FILE_OCTETS) {
        throw new IllegalArgumentException("it has more than " + MAX_FILE_OCTETS + " octets");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("it is not UTF-8 text", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("it cannot be read: " + e.getMessage(), e);
    }
  }

  private static void requirePrivate(Path file) {
    try {
      if (!Files.isRegularFile(file) && Files.exists(file)) {
        throw new IllegalArgumentException("it is not a file");
      }
      if (!Collections.disjoint(
          Files.getPosixFilePermissions(file), Set.of(OTHERS_READ, OTHERS_WRITE))) {
        throw new IllegalArgumentException(
            "other users can read or write " + file + "; chmod o= " + file);
      }
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("no such file", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("it cannot be read: " + e.getMessage(), e);
    }
  }
}
