package org.vcpuacct.kernel;

import java.lang.ref.Reference;

/** Runs a BPF program once, without any event: BPF_PROG_TEST_RUN. */
final class TestRun {

  // struct bpf_test_run_opts of libbpf 1.0, bpf.h: offsets of the fields that are used
  private static final int SIZE = 80;
  private static final int SIZE_FIELD = 0;
  private static final int CONTEXT_IN = 32;
  private static final int CONTEXT_SIZE_IN = 48;
  private static final int RETURN_VALUE = 56;

  private TestRun() {}

  /** What the program returned. */
  static int run(int programFd, NativeBuffer context) throws KernelException {
    NativeBuffer options = NativeBuffer.allocate(SIZE);
    options.bytes().putLong(SIZE_FIELD, SIZE);
    options.bytes().putLong(CONTEXT_IN, context.address());
    options.bytes().putInt(CONTEXT_SIZE_IN, context.size());
    try {
      int result = LibBpf.bpf_prog_test_run_opts(programFd, options.address());
      if (result < 0) {
        throw new KernelException("BPF_PROG_TEST_RUN", -result);
      }
      return options.bytes().getInt(RETURN_VALUE);
    } finally {
      Reference.reachabilityFence(context);
    }
  }
}
