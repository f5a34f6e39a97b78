package org.vcpuacct.history;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One file of the history: a block, or one that is still being written.
 *
 * @param sequence by one more than that of the block before
 */
record HistoryFile(Path path, long sequence, boolean open) {

  private static final Pattern NAME = Pattern.compile("(\\d{18})\\.(block|open)");

  /** The file of this number in a folder. */
  static HistoryFile in(Path folder, long sequence, boolean open) {
    String name = String.format(Locale.ROOT, "%018d.%s", sequence, open ? "open" : "block");
    return new HistoryFile(folder.resolve(name), sequence, open);
  }

  /** The files in a folder, in the order in which they were written; none if there is no folder. */
  static List<HistoryFile> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return List.copyOf(
          files
              .flatMap(file -> of(file).stream())
              .collect(
                  toMap(
                      HistoryFile::sequence,
                      file -> file,
                      (one, other) -> one.open() ? other : one,
                      TreeMap::new))
              .values());
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static Optional<HistoryFile> of(Path path) {
    Matcher name = NAME.matcher(path.getFileName().toString());
    return name.matches()
        ? Optional.of(
            new HistoryFile(path, Long.parseLong(name.group(1)), name.group(2).equals("open")))
        : Optional.empty();
  }
}
