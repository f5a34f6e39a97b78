package org.vcpuacct.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads files, folders and links of the host, and counts how many: what a scan costs is known, not
 * guessed. Not for several threads at once.
 */
public class HostFiles {

  private long accesses;

  /** How many files, folders and links have been opened or read so far. */
  public long accesses() {
    return accesses;
  }

  /**
   * The file's content.
   *
   * @param limit bytes at which reading stops
   */
  public byte[] read(Path file, int limit) throws IOException {
    accesses++;
    try (InputStream content = Files.newInputStream(file)) {
      return content.readNBytes(limit);
    }
  }

  /** The names in a folder, in no order. */
  public List<String> list(Path folder) throws IOException {
    accesses++;
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        names.add(entry.getFileName().toString());
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  /** The numbers among the names in a folder, ascending: processes, threads or descriptors. */
  public List<Integer> listNumbers(Path folder) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (String name : list(folder)) {
      if (isNumber(name)) {
        numbers.add(Integer.valueOf(name));
      }
    }
    numbers.sort(null);
    return numbers;
  }

  /** Where a symbolic link points, which need not exist. */
  public String readLink(Path link) throws IOException {
    accesses++;
    return Files.readSymbolicLink(link).toString();
  }

  private static boolean isNumber(String name) {
    return name.length() <= 9 && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
