package org.vcpuacct.kernel;

import com.sun.jna.Pointer;
import java.io.Closeable;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * A compiled BPF object on its way into the kernel, and its programs' links once it is there.
 * Closing it takes all of it out again; so does the kernel when the process ends, however it ends.
 */
final class BpfObject implements Closeable {

  private final long object;
  private final Deque<Long> links = new ArrayDeque<>();
  private boolean closed;

  private BpfObject(long object) {
    this.object = object;
  }

  /**
   * Reads an object.
   *
   * @throws NativeUnavailableException if libbpf cannot be loaded
   * @throws KernelException if libbpf refuses it
   */
  static BpfObject open(byte[] bytes) throws KernelException, NativeUnavailableException {
    requireLibBpf();
    BpfLog.clear();
    NativeBuffer buffer = NativeBuffer.allocate(bytes.length);
    buffer.bytes().put(0, bytes);
    try {
      long object = LibBpf.bpf_object__open_mem(buffer.address(), bytes.length, 0);
      if (object == 0) {
        throw failure("bpf_object__open_mem", LibBpf.errno());
      }
      return new BpfObject(object);
    } finally {
      Reference.reachabilityFence(buffer);
    }
  }

  private static void requireLibBpf() throws NativeUnavailableException {
    NativeAccess.require();
    try {
      BpfLog.capture();
    } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
      throw new NativeUnavailableException(
          "cannot load " + LibBpf.FILE + ": install libbpf 1.0 or later (Debian: libbpf1)", e);
    }
  }

  /** Leaves all programs but these out of the kernel. */
  void loadOnly(Set<String> programs) {
    long program = LibBpf.bpf_object__next_program(object, 0);
    while (program != 0) {
      LibBpf.bpf_program__set_autoload(program, programs.contains(nameOf(program)));
      program = LibBpf.bpf_object__next_program(object, program);
    }
  }

  /** Makes a map as large as needed. Before {@link #load}. */
  void setMaxEntries(String map, int entries) throws KernelException {
    check("bpf_map__set_max_entries " + map, LibBpf.bpf_map__set_max_entries(map(map), entries));
  }

  /**
   * The memory of a section of global variables: what they are at load, and for a section that
   * programs may write, also what they are from then on.
   *
   * @param section for example ".rodata"
   */
  ByteBuffer variables(String section, int size) {
    NativeBuffer actual = NativeBuffer.allocate(Long.BYTES); // a size_t
    long address = LibBpf.bpf_map__initial_value(map(section), actual.address());
    long actualSize = actual.bytes().getLong(0);
    if (address == 0 || actualSize != size) {
      throw new IllegalStateException(section + " has " + actualSize + " bytes, not " + size);
    }
    return new Pointer(address).getByteBuffer(0, size);
  }

  /** Puts maps and programs into the kernel. */
  void load() throws KernelException {
    check("load the BPF programs", LibBpf.bpf_object__load(object));
  }

  /** Starts a program at the event that its section names. */
  long attach(String program) throws KernelException {
    long link = LibBpf.bpf_program__attach(program(program));
    if (link == 0) {
      throw failure("attach BPF program " + program, LibBpf.errno());
    }
    links.push(link);
    return link;
  }

  /** The descriptor of a map that is loaded. */
  int mapFd(String map) {
    return LibBpf.bpf_map__fd(map(map));
  }

  /** The descriptor of a program that is loaded. */
  int programFd(String program) {
    return LibBpf.bpf_program__fd(program(program));
  }

  private long map(String name) {
    NativeBuffer text = NativeBuffer.ofCString(name);
    try {
      long map = LibBpf.bpf_object__find_map_by_name(object, text.address());
      if (map == 0) {
        throw new IllegalArgumentException("no BPF map " + name);
      }
      return map;
    } finally {
      Reference.reachabilityFence(text);
    }
  }

  private long program(String name) {
    long program = LibBpf.bpf_object__next_program(object, 0);
    while (program != 0 && !nameOf(program).equals(name)) {
      program = LibBpf.bpf_object__next_program(object, program);
    }
    if (program == 0) {
      throw new IllegalArgumentException("no BPF program " + name);
    }
    return program;
  }

  private static String nameOf(long program) {
    return new Pointer(LibBpf.bpf_program__name(program)).getString(0);
  }

  private static void check(String call, int result) throws KernelException {
    if (result < 0) {
      throw failure(call, -result);
    }
  }

  private static KernelException failure(String call, int errno) {
    return new KernelException(call, errno, BpfLog.complaint());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      links.forEach(LibBpf::bpf_link__destroy);
      LibBpf.bpf_object__close(object);
    }
  }
}
