package org.vcpuacct.vm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vcpuacct.state.StateFile;

/**
 * The file in which row indexes are kept: text, a VM a line. It is replaced as a whole or not at
 * all, whatever happens meanwhile.
 */
final class IndexFile {

  private static final String HEADER = "# vcpuacct VM indexes, version 1";
  private static final String HELP =
      "# index, number among VMs of the same identity, identity; the longest unseen first";
  private static final String NEXT = "next ";
  private static final String END = "# end";
  private static final Pattern ENTRY = Pattern.compile("(\\d{1,9})\t(\\d{1,9})\t(\\S.*)");
  private static final Pattern NEXT_LINE = Pattern.compile(NEXT + "(\\d{1,9})");

  private final Path file;

  /**
   * One VM's index.
   *
   * @param index the row index, from 1
   * @param number 1, or more for a VM that shares its identity with others
   * @param identity the VM's UUID or name
   */
  record Entry(int index, int number, String identity) {}

  /**
   * What the file holds.
   *
   * @param next the lowest index never given to a VM
   * @param entries the longest unseen VM first
   */
  record Content(int next, List<Entry> entries) {

    static final Content EMPTY = new Content(1, List.of());

    Content {
      entries = List.copyOf(entries);
    }
  }

  IndexFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  boolean exists() {
    return Files.exists(file);
  }

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read, or is not such a file
   */
  Content read() throws IOException {
    List<String> lines = Files.readAllLines(file, UTF_8);
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw new IOException("line 1 is not \"" + HEADER + "\"");
    }
    if (!lines.get(lines.size() - 1).equals(END)) {
      throw new IOException("the last line is not \"" + END + "\"");
    }
    int next = 0;
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher nextLine = NEXT_LINE.matcher(line);
      if (nextLine.matches()) {
        next = Integer.parseInt(nextLine.group(1));
      } else if (!line.startsWith("#")) {
        entries.add(parseEntry(line, i + 1));
      }
    }
    check(next, entries);
    return new Content(next, entries);
  }

  private static Entry parseEntry(String line, int lineNumber) throws IOException {
    Matcher entry = ENTRY.matcher(line);
    if (!entry.matches()) {
      throw new IOException("line " + lineNumber + " has no index, number and identity");
    }
    return new Entry(
        Integer.parseInt(entry.group(1)), Integer.parseInt(entry.group(2)), entry.group(3));
  }

  private static void check(int next, List<Entry> entries) throws IOException {
    Set<Object> seen = new HashSet<>();
    for (Entry entry : entries) {
      boolean inRange = entry.index() >= 1 && entry.index() < next && entry.number() >= 1;
      boolean once = seen.add(entry.index()) && seen.add(entry.identity() + '\t' + entry.number());
      if (!inRange || !once) {
        throw new IOException("index " + entry.index() + " is out of range or double");
      }
    }
    if (next < 1) {
      throw new IOException("no line \"" + NEXT + "\" with a number from 1");
    }
  }

  /** Replaces the file. The old one stays if anything fails, a full disk for one. */
  void write(Content content) throws IOException {
    StateFile.replace(file, format(content));
  }

  /** Puts a file that cannot be used aside, and returns where it is now. */
  Path putAside() throws IOException {
    return Files.move(file, sibling(".bad"), StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public String toString() {
    return file.toString();
  }

  private static String format(Content content) {
    StringBuilder text = new StringBuilder();
    text.append(HEADER).append('\n').append(HELP).append('\n');
    text.append(NEXT).append(content.next()).append('\n');
    for (Entry entry : content.entries()) {
      text.append(entry.index()).append('\t').append(entry.number()).append('\t');
      text.append(entry.identity()).append('\n');
    }
    return text.append(END).append('\n').toString();
  }

  private Path sibling(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
