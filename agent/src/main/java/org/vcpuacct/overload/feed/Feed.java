package org.vcpuacct.overload.feed;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.state.InUseException;
import org.vcpuacct.state.InstanceLock;

/** Lets call processing read what it is asked to do: the door of this package. */
public final class Feed implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  private final FeedSettings settings;
  private final Closeable lock;
  private final OverloadFileWriter file;
  private final StreamServer stream;
  private final Optional<GuestServer> guests;
  private boolean fileFails;

  private Feed(
      FeedSettings settings,
      Closeable lock,
      OverloadFileWriter file,
      StreamServer stream,
      Optional<GuestServer> guests) {
    this.settings = settings;
    this.lock = lock;
    this.file = file;
    this.stream = stream;
    this.guests = guests;
  }

  /**
   * Makes the file and the socket. No thread is started yet: this may need capabilities that the
   * daemon gives up.
   *
   * @param monotonicNs CLOCK_MONOTONIC, ns
   * @throws FeedException if they cannot be made
   */
  public static Feed open(FeedSettings settings, LongSupplier monotonicNs) throws FeedException {
    FeedFolder.prepare(settings);
    try {
      Closeable lock = InstanceLock.take(settings.directory());
      try {
        return new Feed(
            settings,
            lock,
            new OverloadFileWriter(settings.file()),
            StreamServer.bind(settings.socket(), monotonicNs),
            guests(settings, monotonicNs));
      } catch (IOException e) {
        lock.close();
        throw e;
      }
    } catch (InUseException e) {
      throw new FeedException(
          "another vcpuacct uses "
              + settings.directory()
              + "; stop it, or set overload.feed.directory to another folder",
          e);
    } catch (FeedException e) {
      throw e;
    } catch (IOException e) {
      throw new FeedException(
          settings.directory() + " cannot be written: " + e + "; make room, or name another", e);
    }
  }

  private static Optional<GuestServer> guests(FeedSettings settings, LongSupplier monotonicNs)
      throws FeedException {
    return settings.vsockPort().isPresent()
        ? Optional.of(GuestServer.bind(settings.vsockPort().get(), monotonicNs))
        : Optional.empty();
  }

  /** Begins to serve. */
  public void start() {
    stream.start();
    guests.ifPresent(GuestServer::start);
  }

  /**
   * Takes the newest snapshot. The file says so when this returns; the streams follow at once.
   * Waits for no reader.
   */
  public void publish(Snapshot snapshot) {
    try {
      file.write(snapshot);
      fileFails = false;
    } catch (IOException e) {
      if (!fileFails) {
        LOG.error("{} has no room for all network elements: {}", settings.file(), e.toString());
      }
      fileFails = true;
    }
    stream.publish(snapshot);
    guests.ifPresent(server -> server.publish(snapshot));
  }

  @Override
  public void close() throws IOException {
    guests.ifPresent(GuestServer::close);
    stream.close();
    file.close();
    lock.close();
  }

  @Override
  public String toString() {
    return "load-shedding input in "
        + settings.directory()
        + settings.vsockPort().map(port -> " and on vsock port " + port).orElse("");
  }
}
