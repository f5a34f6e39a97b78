package org.vcpuacct.overload.feed;

import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.VmAccount;

/**
 * The guests that read, and which network element each may read: that which its VM is of, by the
 * VM's CID. Not safe for use by two threads.
 *
 * @param <C> a connection
 */
final class GuestReaders<C extends ByteChannel> {

  private static final Logger LOG = LoggerFactory.getLogger(GuestReaders.class);

  /** No guest takes the descriptors of others. */
  private static final int MAX_READERS_OF_A_GUEST = 16;

  private final OverloadNews news;
  private final Map<C, Admitted> readers = new LinkedHashMap<>();
  private Map<Long, String> ownNe = Map.of();

  private record Admitted(StreamReader reader, long cid, Optional<String> ne) {}

  /** Something that is done with a reader. */
  interface Attention {
    void give(StreamReader reader) throws IOException;
  }

  GuestReaders(LongSupplier monotonicNs) {
    this.news = new OverloadNews(monotonicNs);
  }

  /** Takes a connection; one that may not read is told so and dropped. */
  void admit(C connection, long cid) {
    Optional<String> ne = Optional.ofNullable(ownNe.get(cid));
    long others = readers.values().stream().filter(admitted -> admitted.cid == cid).count();
    readers.put(connection, new Admitted(new StreamReader(connection, ne), cid, ne));
    if (ne.isEmpty()) {
      attend(connection, reader -> reader.refuse("no VM of this host is known by CID " + cid));
    } else if (others >= MAX_READERS_OF_A_GUEST) {
      attend(connection, reader -> reader.refuse("this guest has too many connections"));
    } else {
      attend(connection, reader -> reader.greet(news));
    }
  }

  /** Hears what a connection has sent. */
  void receive(C connection) {
    attend(connection, reader -> reader.receive(news));
  }

  /** Sends a connection what it takes now. */
  void send(C connection) {
    attend(connection, reader -> {});
  }

  /** Tells all of the newest snapshot; drops those whose VM is not what it was. */
  void tell(Snapshot snapshot) {
    news.update(snapshot);
    ownNe = ownNe(snapshot);
    for (Map.Entry<C, Admitted> entry : List.copyOf(readers.entrySet())) {
      Admitted admitted = entry.getValue();
      if (Optional.ofNullable(ownNe.get(admitted.cid)).equals(admitted.ne)) {
        attend(entry.getKey(), reader -> reader.tell(news));
      } else {
        drop(entry.getKey());
      }
    }
  }

  /** A CID that two VMs claim is nobody's. */
  private static Map<Long, String> ownNe(Snapshot snapshot) {
    Map<Long, String> names = new HashMap<>();
    Set<Long> claimedTwice = new HashSet<>();
    for (NeAccount ne : snapshot.nes()) {
      for (VmAccount vm : ne.vms()) {
        vm.vm()
            .vsockCid()
            .filter(cid -> names.put(cid, ne.name()) != null)
            .ifPresent(claimedTwice::add);
      }
    }
    names.keySet().removeAll(claimedTwice);
    return names;
  }

  private void attend(C connection, Attention attention) {
    StreamReader reader = readers.get(connection).reader;
    try {
      attention.give(reader);
      reader.send();
      if (reader.isThrough()) {
        drop(connection);
      }
    } catch (IOException e) {
      LOG.debug("a guest that reads the load-shedding input is dropped: {}", e.getMessage());
      drop(connection);
    }
  }

  private void drop(C connection) {
    readers.remove(connection);
    try {
      connection.close();
    } catch (IOException e) {
      LOG.debug("closing a guest's connection: {}", e.getMessage());
    }
  }

  /** Drops all. */
  void dropAll() {
    connections().forEach(this::drop);
  }

  /** The connections that are open. */
  List<C> connections() {
    return List.copyOf(readers.keySet());
  }

  /** Whether a connection may still send something. */
  boolean isHeard(C connection) {
    return readers.get(connection).reader.isHeard();
  }

  /** Whether something waits until a connection takes it. */
  boolean isWaiting(C connection) {
    return readers.get(connection).reader.isWaiting();
  }
}
