package org.vcpuacct.kernel;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The functions of libbpf 1 that load the ledger into the kernel, mapped directly: only primitives
 * cross the border. What returns a pointer returns 0 on failure, what returns an int a negative
 * errno; either way {@link #errno()} holds the number (libbpf 1.0 and later).
 *
 * <p>Loading this class loads libbpf; {@link BpfObject} does that and handles its failure.
 */
final class LibBpf {

  /** The library as the run-time package installs it, without the development package's link. */
  static final String FILE = "libbpf.so.1";

  static {
    Native.register(LibBpf.class, NativeLibrary.getInstance(FILE));
  }

  private LibBpf() {}

  static native long bpf_object__open_mem(long bytes, long size, long options);

  static native int bpf_object__load(long object);

  static native void bpf_object__close(long object);

  static native long bpf_object__next_program(long object, long previous);

  static native long bpf_object__find_map_by_name(long object, long name);

  static native long bpf_program__name(long program);

  static native int bpf_program__set_autoload(long program, boolean load);

  static native int bpf_program__fd(long program);

  static native long bpf_program__attach(long program);

  static native int bpf_map__set_max_entries(long map, int entries);

  static native int bpf_map__fd(long map);

  static native int bpf_map__value_size(long map);

  static native long bpf_map__initial_value(long map, long size);

  static native int bpf_map_update_elem(int map, long key, long value, long flags);

  static native int bpf_map_delete_elem(int map, long key);

  static native int bpf_link__fd(long link);

  static native int bpf_link__destroy(long link);

  static native int bpf_iter_create(int link);

  static native int bpf_prog_test_run_opts(int program, long options);

  static native int libbpf_num_possible_cpus();

  static native long libbpf_set_print(BpfLog.Printer printer);

  /** The errno of the calling thread's last call. */
  static int errno() {
    return Native.getLastError();
  }
}
