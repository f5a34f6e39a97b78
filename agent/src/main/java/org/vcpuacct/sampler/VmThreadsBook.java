package org.vcpuacct.sampler;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.vcpuacct.host.SchedStat;
import org.vcpuacct.ledger.ThreadAccount;
import org.vcpuacct.ledger.ThreadKindAccount;
import org.vcpuacct.ledger.ThreadTimes;
import org.vcpuacct.ledger.VmThreads;
import org.vcpuacct.source.ThreadClock;
import org.vcpuacct.source.ThreadClocks;
import org.vcpuacct.vm.ThreadKind;
import org.vcpuacct.vm.Vm;
import org.vcpuacct.vm.VmThread;
import org.vcpuacct.vm.VmThreadSearch;

/**
 * The accounts of a VM's threads that are not its vCPUs'.
 *
 * <p>A thread is named, and its account opened, when it is seen for the second time: it gets its
 * name after it was started. It loses nothing by that: if it is younger than this book, all that it
 * has used since it was started counts. What a thread used between the last reading and its end is
 * lost, and so is a thread that lived from one step to the next.
 */
final class VmThreadsBook implements Closeable {

  private static final SchedStat NOTHING_USED = new SchedStat(0, 0, 0);

  private final VmThreadSearch search;
  private final ThreadClocks clocks;
  private final LongSupplier monotonicNs;
  private final long openedNs;
  private final Map<VmThread, Newcomer> newcomers = new HashMap<>();
  private final Map<VmThread, ThreadBook> books = new HashMap<>();
  private final Map<ThreadKind, ThreadTimes> ended = new EnumMap<>(ThreadKind.class);
  private final Map<ThreadKind, WindowHistory<ThreadTimes, ThreadTimes>> histories =
      new EnumMap<>(ThreadKind.class);
  private boolean firstLook = true;
  private long lastNs;

  /** A thread that was seen once. */
  private record Newcomer(ThreadClock clock, SchedStat base, long sinceNs) {}

  /**
   * Opens the book.
   *
   * @param monotonicNs CLOCK_MONOTONIC, ns
   */
  VmThreadsBook(VmThreadSearch search, ThreadClocks clocks, LongSupplier monotonicNs) {
    this.search = search;
    this.clocks = clocks;
    this.monotonicNs = monotonicNs;
    this.openedNs = monotonicNs.getAsLong();
  }

  /**
   * The accounts now.
   *
   * @throws IOException if the VMM has ended
   */
  VmThreads read(Vm vm) throws IOException {
    Set<VmThread> found = new HashSet<>(search.of(vm));
    forgetOthers(found);
    for (VmThread thread : found) {
      if (newcomers.containsKey(thread)) {
        openBook(vm, thread);
      } else if (!books.containsKey(thread)) {
        welcome(thread);
      }
    }
    firstLook = false;
    return new VmThreads(readBooks(), kinds());
  }

  private void welcome(VmThread thread) {
    try {
      ThreadClock clock = clocks.open(thread.pid(), thread.threadId());
      SchedStat base = firstLook ? clock.read() : NOTHING_USED;
      newcomers.put(thread, new Newcomer(clock, base, monotonicNs.getAsLong()));
    } catch (IOException e) {
      // It ended meanwhile.
    }
  }

  private void openBook(Vm vm, VmThread thread) throws IOException {
    Newcomer newcomer = newcomers.remove(thread);
    try {
      books.put(
          thread,
          new ThreadBook(
              thread.threadId(),
              search.identify(vm, thread),
              newcomer.clock(),
              newcomer.base(),
              newcomer.sinceNs()));
    } catch (IOException e) {
      newcomer.clock().close(); // it ended meanwhile
    }
  }

  /** Threads that have ended, and those that turned out to be a vCPU's. */
  private void forgetOthers(Set<VmThread> found) throws IOException {
    for (VmThread thread : List.copyOf(newcomers.keySet())) {
      if (!found.contains(thread)) {
        newcomers.remove(thread).clock().close();
      }
    }
    for (VmThread thread : List.copyOf(books.keySet())) {
      if (!found.contains(thread)) {
        end(thread);
      }
    }
  }

  private void end(VmThread thread) throws IOException {
    try (ThreadBook book = books.remove(thread)) {
      ended.merge(book.identity().kind(), book.times(), ThreadTimes::and);
    }
  }

  private List<ThreadAccount> readBooks() throws IOException {
    List<ThreadAccount> accounts = new ArrayList<>(books.size());
    for (Map.Entry<VmThread, ThreadBook> book : List.copyOf(books.entrySet())) {
      try {
        accounts.add(book.getValue().read(monotonicNs.getAsLong()));
      } catch (IOException e) {
        end(book.getKey());
      }
    }
    return accounts;
  }

  private List<ThreadKindAccount> kinds() {
    ThreadTimes nothing = new ThreadTimes(monotonicNs.getAsLong() - openedNs, 0, 0);
    ThreadTimes nothingBefore = new ThreadTimes(lastNs, 0, 0);
    lastNs = nothing.wallNs();
    Map<ThreadKind, ThreadTimes> sums = new EnumMap<>(ThreadKind.class);
    ended.forEach((kind, times) -> sums.put(kind, nothing.and(times)));
    for (ThreadBook book : books.values()) {
      sums.merge(book.identity().kind(), nothing.and(book.times()), ThreadTimes::and);
    }
    List<ThreadKindAccount> kinds = new ArrayList<>(sums.size());
    sums.forEach((kind, times) -> kinds.add(account(kind, nothingBefore, times)));
    return kinds;
  }

  private ThreadKindAccount account(ThreadKind kind, ThreadTimes nothingBefore, ThreadTimes times) {
    WindowHistory<ThreadTimes, ThreadTimes> history =
        histories.computeIfAbsent(
            kind,
            first ->
                new WindowHistory<>(
                    nothingBefore, ThreadTimes::wallNs, (earlier, later) -> later.since(earlier)));
    return new ThreadKindAccount(kind, times, history.changesUpTo(times));
  }

  @Override
  public void close() throws IOException {
    for (Newcomer newcomer : newcomers.values()) {
      newcomer.clock().close();
    }
    for (ThreadBook book : books.values()) {
      book.close();
    }
    newcomers.clear();
    books.clear();
  }
}
