package org.vcpuacct.cli.top;

import java.io.IOException;
import java.util.Optional;
import org.vcpuacct.cli.DaemonException;
import org.vcpuacct.json.MalformedJsonException;

/** Makes a picture each time that it asks the daemon, of the time since it asked before. */
final class Pictures {

  private final Daemon daemon;
  private Optional<Document> last = Optional.empty();
  private Optional<Picture> picture = Optional.empty();

  Pictures(Daemon daemon) {
    this.daemon = daemon;
  }

  /**
   * The newest picture; the one before if the daemon has not measured anew.
   *
   * @throws IOException if the daemon does not answer; the next picture starts anew then
   */
  Picture next() throws IOException {
    Optional<Document> before = last;
    last = Optional.empty();
    Document now = read(daemon.snapshot());
    last = Optional.of(now);
    if (before.isEmpty() || before.get().takenNs() > now.takenNs()) {
      picture = Optional.of(Picture.of(now));
    } else if (before.get().takenNs() < now.takenNs()) {
      picture = Optional.of(Picture.between(before.get(), now));
    }
    return picture.orElseThrow();
  }

  private static Document read(byte[] text) throws DaemonException {
    try {
      return DocumentReader.read(text);
    } catch (MalformedJsonException e) {
      throw new DaemonException("the daemon's answer cannot be used: " + e.getMessage(), e);
    }
  }
}
