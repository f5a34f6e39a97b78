package org.vcpuacct.kernel;

import java.lang.ref.Reference;

/** A loaded BPF map with keys of 32 bits. */
final class BpfMap {

  private static final long ANY = 0;
  private static final int MAX_VALUE_BYTES = 16;

  private final String name;
  private final int fd;
  private final NativeBuffer key = NativeBuffer.allocate(Integer.BYTES);
  private final NativeBuffer value = NativeBuffer.allocate(MAX_VALUE_BYTES);

  BpfMap(String name, int fd) {
    this.name = name;
    this.fd = fd;
  }

  /** Sets a value of 32 bits. */
  void putInt(int key, int value) throws KernelException {
    this.value.bytes().putInt(0, value);
    put(key);
  }

  /** Sets a value of up to {@link #MAX_VALUE_BYTES} to zero. */
  void clear(int key) throws KernelException {
    value.bytes().put(0, new byte[MAX_VALUE_BYTES]);
    put(key);
  }

  private void put(int key) throws KernelException {
    this.key.bytes().putInt(0, key);
    try {
      int result = LibBpf.bpf_map_update_elem(fd, this.key.address(), value.address(), ANY);
      if (result < 0) {
        throw new KernelException("update BPF map " + name, -result);
      }
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Removes an element, if it is there. */
  void remove(int key) {
    this.key.bytes().putInt(0, key);
    try {
      LibBpf.bpf_map_delete_elem(fd, this.key.address());
    } finally {
      Reference.reachabilityFence(this);
    }
  }
}
