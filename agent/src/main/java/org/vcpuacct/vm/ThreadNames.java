package org.vcpuacct.vm;

import java.util.EnumMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.regex.Pattern;

/** What the names that a VMM gives its threads say. Immutable. */
final class ThreadNames {

  /** As the host's kernel names its own (drivers/vhost/vhost.c, arch/x86/kvm/i8254.c). */
  private static final ThreadNames OF_THE_KERNEL =
      new ThreadNames()
          .with(ThreadKind.VHOST, "vhost-\\d+")
          .with(ThreadKind.KVM_PIT, "kvm-pit/\\d+")
          .with(ThreadKind.WORKER, "iou-(?:wrk|sqp)-\\d+");

  private final Map<ThreadKind, Pattern> patterns = new EnumMap<>(ThreadKind.class);

  /** The same names, and these of a kind. */
  ThreadNames with(ThreadKind kind, String pattern) {
    ThreadNames more = new ThreadNames();
    more.patterns.putAll(patterns);
    more.patterns.put(kind, Pattern.compile(pattern));
    return more;
  }

  /** The kind of a thread with this name, of this VMM or of the kernel. */
  ThreadKind kindOf(String name) {
    ThreadKind byVmm = byName(name);
    return byVmm == ThreadKind.OTHER ? OF_THE_KERNEL.byName(name) : byVmm;
  }

  private ThreadKind byName(String name) {
    return patterns.entrySet().stream()
        .filter(kind -> kind.getValue().matcher(name).matches())
        .map(Entry::getKey)
        .findFirst()
        .orElse(ThreadKind.OTHER);
  }
}
