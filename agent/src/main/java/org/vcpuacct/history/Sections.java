package org.vcpuacct.history;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.vcpuacct.history.track.Track;

/** The tracks in a file of the history, by section. For one thread. */
interface Sections extends Closeable {

  /** The daemon that wrote it. */
  FileHeader header();

  /** The numbers of its sections. */
  Set<Integer> numbers();

  /**
   * The tracks of a section; none if it does not have this section.
   *
   * @throws IOException if they are damaged or cannot be read
   */
  List<Track> tracks(int section) throws IOException;
}
