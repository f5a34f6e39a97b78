package org.vcpuacct.cli;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.overload.feed.Feed;
import org.vcpuacct.overload.feed.FeedException;
import org.vcpuacct.overload.feed.FeedSettings;

/** The feed of the load-shedding input, if the configuration asks for one. */
final class OverloadFeed implements Closeable {

  private final Optional<Feed> feed;

  private OverloadFeed(Optional<Feed> feed) {
    this.feed = feed;
  }

  /** Makes what takes capabilities, and starts no thread. */
  static OverloadFeed open(Optional<FeedSettings> settings) throws FeedException {
    return new OverloadFeed(
        settings.isPresent()
            ? Optional.of(Feed.open(settings.get(), System::nanoTime))
            : Optional.empty());
  }

  void start() {
    feed.ifPresent(Feed::start);
  }

  void publish(Snapshot snapshot) {
    feed.ifPresent(open -> open.publish(snapshot));
  }

  @Override
  public void close() throws IOException {
    if (feed.isPresent()) {
      feed.get().close();
    }
  }

  @Override
  public String toString() {
    return feed.map(Feed::toString).orElse("no feed of the load-shedding input");
  }
}
