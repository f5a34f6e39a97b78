package org.vcpuacct.cli.top;

import java.io.IOException;
import java.util.Optional;
import org.vcpuacct.cli.DaemonException;
import org.vcpuacct.json.MalformedJsonException;

/** Makes a picture each time that it asks the daemon, of the time since it asked before. */
final class Pictures {

  private final Daemon daemon;
  private final Catalogue catalogue = new Catalogue();
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
    return before.isPresent() ? since(before.get()) : first();
  }

  /** A brief document does not tell of the daemon's last interval. */
  private Picture first() throws IOException {
    Document now = read(Daemon.Detail.FULL);
    return show(now, Picture.of(now));
  }

  private Picture since(Document before) throws IOException {
    Document now = read(Daemon.Detail.BRIEF);
    if (now.takenNs() < before.takenNs()) {
      return first();
    }
    if (now.takenNs() == before.takenNs()) {
      last = Optional.of(before);
      return picture.orElseThrow();
    }
    return show(now, Picture.between(before, now));
  }

  private Picture show(Document document, Picture made) {
    last = Optional.of(document);
    picture = Optional.of(made);
    return made;
  }

  private Document read(Daemon.Detail detail) throws IOException {
    byte[] text = daemon.snapshot(detail);
    try {
      return DocumentReader.read(text, catalogue);
    } catch (MalformedJsonException e) {
      throw new DaemonException("the daemon's answer cannot be used: " + e.getMessage(), e);
    }
  }
}
