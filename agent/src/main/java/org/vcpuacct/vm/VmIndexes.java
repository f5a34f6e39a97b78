package org.vcpuacct.vm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vcpuacct.host.IoReason;
import org.vcpuacct.host.Limit;

/**
 * Permanent row indexes: the same VM, by UUID or else by name, has the same index after a restart
 * of the VM or of the daemon, and no index ever passes from one VM to another. Named sets of VMs
 * have indexes out of the same numbers, so that no set has a VM's.
 *
 * <p>A VM without UUID and name cannot be known again. Its index comes from a range of its own, is
 * kept in memory only, and is not given to another while the daemon runs.
 *
 * <p>VMs with the same identity are numbered in the order of their start. Of VMs not running only
 * the {@value #MAX_REMEMBERED} seen last are remembered, as a host may run microVMs by the million;
 * the index of a forgotten one is not given out again either.
 */
public final class VmIndexes {

  static final int MAX_REMEMBERED = 10_000;

  /** Rows of VMs that cannot be known again start here; the permanent ones stay below. */
  static final int FIRST_UNNAMED = 1 << 30;

  private static final Comparator<Vm> BY_START =
      Comparator.comparingLong(Vm::processStartTicks)
          .thenComparingInt(Vm::pid)
          .thenComparingInt(Vm::vmFd);

  private final Optional<IndexFile> file;
  private final Map<Key, Integer> permanent = new LinkedHashMap<>();
  private final Map<Instance, Row> running = new HashMap<>();
  private final Map<String, Row> sets = new HashMap<>();
  private final Set<Key> keysOfRunning = new HashSet<>();
  private Map<Vm, Integer> assigned = Map.of();
  private int next = 1;
  private int nextUnnamed = FIRST_UNNAMED;
  private boolean changed;
  private boolean writable = true;
  private Optional<Limit> readLimit = Optional.empty();
  private Optional<Limit> writeLimit = Optional.empty();

  /**
   * What is the same after a restart of the VM.
   *
   * @param identity UUID or name
   * @param number 1, or more for a VM that started while others of the identity were running
   */
  private record Key(String identity, int number) {}

  /** One run of a VM. */
  private record Instance(int pid, long startTicks, int vmFd) {

    static Instance of(Vm vm) {
      return new Instance(vm.pid(), vm.processStartTicks(), vm.vmFd());
    }
  }

  /** The index of a running VM, and its key if it has one. */
  private record Row(int index, Optional<Key> key) {}

  /**
   * Reads the indexes given so far. Whatever is wrong with the file, the daemon can go on: see
   * {@link #limits}.
   */
  public VmIndexes(Path file) {
    this(Optional.of(new IndexFile(file)));
  }

  /** Indexes that are kept in memory only, for a command that leaves no trace. */
  public static VmIndexes inMemory() {
    return new VmIndexes(Optional.empty());
  }

  private VmIndexes(Optional<IndexFile> file) {
    this.file = file;
    file.filter(IndexFile::exists).ifPresent(this::load);
  }

  /**
   * The index of each of these VMs. The file is written if there is a new one.
   *
   * @param vms all VMs that are running now
   */
  public Map<Vm, Integer> assign(List<Vm> vms) {
    if (!assigned.keySet().equals(new HashSet<>(vms))) {
      Set<Instance> instances = new HashSet<>();
      vms.forEach(vm -> instances.add(Instance.of(vm)));
      running.keySet().retainAll(instances);
      keysOfRunning.clear();
      running.values().forEach(row -> row.key().ifPresent(keysOfRunning::add));
      sets.values().forEach(row -> row.key().ifPresent(keysOfRunning::add));
      vms.stream().sorted(BY_START).forEach(this::addRow);
      forgetTheLongestUnseen();
      assigned = rows(vms);
    }
    if (changed && writable) {
      file.ifPresent(this::save);
    }
    return assigned;
  }

  /** The index of a named set of VMs. It is kept when indexes are next assigned. */
  public int ofSet(String name) {
    return sets.computeIfAbsent(name, set -> permanentRow("set " + set)).index();
  }

  /** What is wrong with the file. */
  public List<Limit> limits() {
    List<Limit> limits = new ArrayList<>();
    readLimit.ifPresent(limits::add);
    writeLimit.ifPresent(limits::add);
    return limits;
  }

  private Map<Vm, Integer> rows(List<Vm> vms) {
    Map<Vm, Integer> rows = new LinkedHashMap<>();
    vms.forEach(vm -> rows.put(vm, running.get(Instance.of(vm)).index()));
    return rows;
  }

  private void addRow(Vm vm) {
    running.computeIfAbsent(
        Instance.of(vm),
        instance ->
            identity(vm)
                .map(this::permanentRow)
                .orElseGet(() -> new Row(nextUnnamed++, Optional.empty())));
  }

  private Row permanentRow(String identity) {
    Key key = freeKey(identity);
    Integer index = permanent.remove(key);
    if (index == null) {
      index = next++;
      changed = true;
    }
    permanent.put(key, index); // as the one seen last
    keysOfRunning.add(key);
    return new Row(index, Optional.of(key));
  }

  /** The lowest number that no running VM of this identity has. */
  private Key freeKey(String identity) {
    int number = 1;
    while (keysOfRunning.contains(new Key(identity, number))) {
      number++;
    }
    return new Key(identity, number);
  }

  private void forgetTheLongestUnseen() {
    int tooMany = permanent.size() - keysOfRunning.size() - MAX_REMEMBERED;
    Iterator<Key> keys = permanent.keySet().iterator();
    while (tooMany > 0 && keys.hasNext()) {
      if (!keysOfRunning.contains(keys.next())) {
        keys.remove();
        tooMany--;
      }
    }
  }

  private static Optional<String> identity(Vm vm) {
    if (vm.uuid().isPresent()) {
      return Optional.of("uuid " + vm.uuid().get());
    }
    return vm.named() ? Optional.of("name " + vm.name()) : Optional.empty();
  }

  private void load(IndexFile source) {
    try {
      IndexFile.Content content = source.read();
      next = content.next();
      for (IndexFile.Entry entry : content.entries()) {
        permanent.put(new Key(entry.identity(), entry.number()), entry.index());
      }
    } catch (IOException e) {
      readLimit = Optional.of(unusable(source, e));
    }
  }

  private Limit unusable(IndexFile source, IOException problem) {
    String consequence = "VMs get new row indexes";
    try {
      return new Limit(
          source + ": " + problem.getMessage(),
          consequence,
          "the file is kept as " + source.putAside() + "; stop the daemon to put a good one back");
    } catch (IOException e) {
      writable = false;
      return new Limit(
          source + ": " + problem.getMessage() + ", and it cannot be put aside: " + e.getMessage(),
          consequence + " and lose them at the next restart",
          "give the daemon's user the file and its folder");
    }
  }

  private void save(IndexFile target) {
    List<IndexFile.Entry> entries = new ArrayList<>();
    permanent.forEach(
        (key, index) -> entries.add(new IndexFile.Entry(index, key.number(), key.identity())));
    try {
      target.write(new IndexFile.Content(next, entries));
      changed = false;
      writeLimit = Optional.empty();
    } catch (IOException e) {
      writeLimit =
          Optional.of(
              new Limit(
                  target + " cannot be written: " + IoReason.of(e),
                  "new VMs lose their row indexes at the next restart of the daemon",
                  "make room, or give the daemon's user the folder"));
    }
  }
}
