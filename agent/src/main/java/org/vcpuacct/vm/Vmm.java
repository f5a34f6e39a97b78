package org.vcpuacct.vm;

/** The kinds of VMM that are told apart. */
public enum Vmm {
  QEMU,
  FIRECRACKER,
  CLOUD_HYPERVISOR,
  CROSVM,
  KVMTOOL,
  OTHER
}
