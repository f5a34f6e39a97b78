package org.vcpuacct.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.state.StateFile;

/**
 * A frozen copy on disk: a folder with a file {@code alarm}, which says what it is of, and the
 * blocks of its time: other names of the same files, which take no room until the history lets go
 * of them.
 *
 * @param path the folder
 */
record FrozenFolder(Path path, FrozenCopy copy) {

  private static final Logger LOG = LoggerFactory.getLogger(FrozenFolder.class);
  private static final String FOLDER = "frozen";
  private static final String FILE = "alarm";
  private static final int LINES = 5;

  /** The frozen copies of a history, oldest first. */
  static List<FrozenFolder> list(Path history) throws IOException {
    List<FrozenFolder> found = new ArrayList<>();
    try (Stream<Path> folders = Files.list(history.resolve(FOLDER))) {
      for (Path folder : folders.toList()) {
        read(folder).ifPresent(copy -> found.add(new FrozenFolder(folder, copy)));
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    found.sort(Comparator.comparingLong(frozen -> frozen.copy().raisedEpochMillis()));
    return found;
  }

  /** Makes the folder of a copy, without blocks. */
  static FrozenFolder make(Path history, FrozenCopy copy) throws IOException {
    Path folder = history.resolve(FOLDER).resolve(copy.raisedEpochMillis() + "-" + copy.alarm());
    StateFile.replace(folder.resolve(FILE), text(copy));
    return new FrozenFolder(folder, copy);
  }

  /** Keeps a block, if it is of the copy's time. */
  void keep(HistoryFile block, Extent extent) throws IOException {
    if (extent.overlaps(copy.extent())) {
      try {
        Files.createLink(path.resolve(block.path().getFileName()), block.path());
      } catch (FileAlreadyExistsException e) {
        LOG.debug("{} has {} already", path, block.sequence());
      }
    }
  }

  /** Deletes the copy. */
  void delete() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(path);
  }

  private static String text(FrozenCopy copy) {
    return String.join(
        "\n",
        Long.toString(copy.alarm()),
        Long.toString(copy.raisedEpochMillis()),
        Long.toString(copy.extent().fromEpochMillis()),
        Long.toString(copy.extent().toEpochMillis()),
        copy.message().replace('\n', ' ') + "\n");
  }

  private static Optional<FrozenCopy> read(Path folder) {
    try {
      List<String> lines = Files.readAllLines(folder.resolve(FILE), UTF_8);
      if (lines.size() == LINES) {
        return Optional.of(
            new FrozenCopy(
                Long.parseLong(lines.get(0)),
                Long.parseLong(lines.get(1)),
                new Extent(Long.parseLong(lines.get(2)), Long.parseLong(lines.get(3))),
                lines.get(4)));
      }
      LOG.warn("{} does not say of which alarm it is", folder);
    } catch (IOException | NumberFormatException e) {
      LOG.warn("{} does not say of which alarm it is: {}", folder, e.toString());
    }
    return Optional.empty();
  }
}
