package org.vcpuacct.guest;

import java.io.Closeable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.vm.Vm;
import org.vcpuacct.vm.VmKey;

/**
 * The load that each guest reports of itself. A guest is asked on a thread of its own, so that one
 * that hangs delays nobody; nothing here ever waits for a guest. For one thread.
 */
public final class GuestLoads implements Closeable {

  /** Threads at most. A VM beyond that is not asked. */
  private static final int MAX_GUESTS = 1024;

  private final HostRoot host;
  private final LongSupplier monotonicNs;
  private final Map<VmKey, GuestPoll> polls = new HashMap<>();
  private final Map<VmKey, String> obstacles = new HashMap<>();
  private volatile GuestSettings wanted;
  private GuestSettings settings;
  private GuestReaders readers;

  /**
   * Nobody is asked yet.
   *
   * @param host the host whose VMs these are
   * @param monotonicNs CLOCK_MONOTONIC, ns
   */
  public GuestLoads(GuestSettings settings, HostRoot host, LongSupplier monotonicNs) {
    this.host = host;
    this.wanted = settings;
    this.settings = settings;
    this.readers = new GuestReaders(settings, host);
    this.monotonicNs = monotonicNs;
  }

  /** Asks as other settings say from the next watch on. Safe for use by any thread. */
  public void use(GuestSettings other) {
    wanted = other;
  }

  /**
   * Asks the guests of these VMs from now on, and no others.
   *
   * @param vms all VMs there are now
   */
  public void watch(Collection<Vm> vms) {
    Map<VmKey, GuestPoll> before = followSettings();
    if (!settings.enabled()) {
      return;
    }
    Set<VmKey> present = vms.stream().map(Vm::key).collect(Collectors.toSet());
    polls.entrySet().stream()
        .filter(poll -> !present.contains(poll.getKey()))
        .forEach(poll -> poll.getValue().close());
    polls.keySet().retainAll(present);
    obstacles.keySet().retainAll(present);
    vms.forEach(vm -> watch(vm, Optional.ofNullable(before.get(vm.key()))));
  }

  /** Stops asking in the old way if there is a new one, and returns whom was asked. */
  private Map<VmKey, GuestPoll> followSettings() {
    GuestSettings newest = wanted;
    if (newest.equals(settings)) {
      return Map.of();
    }
    Map<VmKey, GuestPoll> before = Map.copyOf(polls);
    close();
    settings = newest;
    readers = new GuestReaders(newest, host);
    return before;
  }

  private void watch(Vm vm, Optional<GuestPoll> before) {
    GuestPoll poll = polls.get(vm.key());
    if (poll != null) {
      poll.setVcpus(vcpus(vm));
    } else if (!obstacles.containsKey(vm.key())) {
      begin(vm, before);
    }
  }

  private static int vcpus(Vm vm) {
    return vm.vcpus().size() + vm.vcpusWithoutThread().size();
  }

  private void begin(Vm vm, Optional<GuestPoll> before) {
    GuestReaders.Way way = readers.to(vm);
    if (way.reader().isEmpty()) {
      obstacles.put(vm.key(), way.obstacle());
    } else if (polls.size() >= MAX_GUESTS) {
      obstacles.put(vm.key(), MAX_GUESTS + " other guests are asked already, and no more are");
    } else {
      GuestLoadReader reader = way.reader().get();
      GuestPoll poll =
          before
              .map(known -> known.goOn(reader, settings))
              .orElseGet(() -> new GuestPoll(vm.name(), reader, settings, monotonicNs));
      polls.put(vm.key(), poll);
      poll.start(vcpus(vm));
    }
  }

  /**
   * What is known of a guest's load now. Never waits.
   *
   * @return empty if guests are not to be asked at all, or this VM was not among those watched last
   */
  public Optional<GuestReport> report(Vm vm) {
    GuestPoll poll = polls.get(vm.key());
    if (poll != null) {
      return Optional.of(poll.report());
    }
    return Optional.ofNullable(obstacles.get(vm.key())).map(GuestLoads::notConfigured);
  }

  private static GuestReport notConfigured(String obstacle) {
    return new GuestReport(
        GuestState.NOT_CONFIGURED,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        obstacle);
  }

  /** Stops asking; waits for nobody. */
  @Override
  public void close() {
    polls.values().forEach(GuestPoll::close);
    polls.clear();
    obstacles.clear();
    readers.close();
  }
}
