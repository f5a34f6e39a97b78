package org.vcpuacct.export.http;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.state.Groups;

/** The file of the Unix-domain socket: who may write to it may connect (unix(7)). */
final class SocketFile {

  private static final Logger LOG = LoggerFactory.getLogger(SocketFile.class);

  private final Path path;

  SocketFile(Path path) {
    this.path = path;
  }

  /**
   * Makes room for it: its folder, and nothing of an earlier daemon in its place.
   *
   * @throws HttpServerException if something else is in its place
   */
  void makeRoom() throws HttpServerException {
    try {
      Files.createDirectories(path.getParent());
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        removeLeftOver();
      }
    } catch (HttpServerException e) {
      throw e;
    } catch (IOException e) {
      throw notMade(e);
    }
  }

  /** That it cannot be made. */
  HttpServerException notMade(Exception refusal) {
    return new HttpServerException(
        on("cannot be made: " + refusal + "; let the daemon write to its folder"), refusal);
  }

  private void removeLeftOver() throws IOException {
    if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther()) {
      throw new HttpServerException(on("is there and no socket; choose another path"));
    }
    if (isListenedTo()) {
      throw new HttpServerException(on("is another process's; end that, or choose another path"));
    }
    Files.delete(path);
  }

  private boolean isListenedTo() {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Lets a group in, beside the daemon's own user and group.
   *
   * @param wanted the group that the operator names, if so
   * @throws HttpServerException if that group cannot be let in
   */
  void admit(Optional<String> wanted) throws HttpServerException {
    String name = wanted.orElse(HttpSettings.DEFAULT_GROUP);
    try {
      Optional<GroupPrincipal> group = Groups.find(name);
      if (group.isPresent()) {
        Files.getFileAttributeView(path, PosixFileAttributeView.class).setGroup(group.get());
      } else {
        notAdmitted(wanted, "there is no group " + name, null);
      }
    } catch (HttpServerException e) {
      throw e;
    } catch (IOException e) {
      notAdmitted(wanted, "the daemon is not in the group " + name + ", " + e, e);
    }
    open();
  }

  /** Without a group that was asked for the daemon does not serve; it does without its default. */
  private void notAdmitted(Optional<String> wanted, String reason, IOException refusal)
      throws HttpServerException {
    if (wanted.isPresent()) {
      throw new HttpServerException(on("cannot be given to its group: " + reason), refusal);
    }
    LOG.info("{} is for the daemon's own user and group: {}", path, reason);
  }

  private void open() throws HttpServerException {
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
    } catch (IOException e) {
      throw notMade(e);
    }
  }

  private String on(String problem) {
    return "on the socket " + path + ": it " + problem + " (http.socket, http.group)";
  }
}
