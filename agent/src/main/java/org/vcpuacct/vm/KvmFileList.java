package org.vcpuacct.vm;

import java.util.List;
import java.util.Optional;
import org.vcpuacct.kernel.KvmFile;

/** Lists the files of KVM that the processes of the host have open: the kernel's own list. */
@FunctionalInterface
public interface KvmFileList {

  /** For hosts whose kernel cannot list them: VMs are then found in /proc. */
  KvmFileList NONE = Optional::empty;

  /** Every VM and vCPU that a process has open now; empty if that cannot be told (any more). */
  Optional<List<KvmFile>> list();
}
