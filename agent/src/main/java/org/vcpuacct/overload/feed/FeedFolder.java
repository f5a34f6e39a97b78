package org.vcpuacct.overload.feed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.state.Groups;

/**
 * The folder of the file and the socket. Who may enter it may read: its mode is 2750, and what is
 * made in it belongs to its group.
 */
final class FeedFolder {

  private static final Logger LOG = LoggerFactory.getLogger(FeedFolder.class);

  /** File systems whose pages are never written back: no reader or writer waits for a disk. */
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

  private static final int MODE = 02750;

  /** Of a mode; the rest is the type of the file. */
  private static final int PERMISSIONS = 07777;

  private FeedFolder() {}

  /**
   * Makes the folder if need be, and lets its group in.
   *
   * @throws FeedException if it cannot be what it must be
   */
  static void prepare(FeedSettings settings) throws FeedException {
    Path folder = settings.directory();
    try {
      Files.createDirectories(folder);
      String type = Files.getFileStore(folder).type();
      if (!IN_MEMORY.contains(type)) {
        throw new FeedException(
            folder + " is on " + type + "; set overload.feed.directory to a folder on tmpfs");
      }
      Optional<GroupPrincipal> group = group(settings);
      if (group.isPresent()) {
        Files.getFileAttributeView(folder, PosixFileAttributeView.class).setGroup(group.get());
      }
      setMode(folder);
    } catch (FeedException e) {
      throw e;
    } catch (IOException e) {
      throw new FeedException(
          folder
              + " cannot be set up: "
              + e
              + "; let the daemon own it and be in the group, or set overload.feed.directory",
          e);
    }
  }

  /** A service manager that made the folder so may have forbidden to set that bit. */
  private static void setMode(Path folder) throws IOException {
    int mode = (int) Files.getAttribute(folder, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & PERMISSIONS) != MODE) {
      Files.setAttribute(folder, "unix:mode", MODE, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static Optional<GroupPrincipal> group(FeedSettings settings) throws IOException {
    String name = settings.group().orElse(FeedSettings.DEFAULT_GROUP);
    Optional<GroupPrincipal> group = Groups.find(name);
    if (group.isEmpty() && settings.group().isPresent()) {
      throw new FeedException(
          "there is no group " + name + "; make it, or name another in overload.feed.group");
    }
    if (group.isEmpty()) {
      LOG.info("there is no group {}: only the daemon's user and group read the feed", name);
    }
    return group;
  }
}
