package org.vcpuacct.sampler;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.kernel.Kcmp;
import org.vcpuacct.ne.NetworkElements;
import org.vcpuacct.ne.VmSet;
import org.vcpuacct.source.TierSelector;
import org.vcpuacct.vm.KvmFileList;
import org.vcpuacct.vm.VmIndexes;
import org.vcpuacct.vm.VmScanner;

/** Puts a sampler together from its parts. */
public final class SamplerFactory {

  private static final String INDEX_FILE = "vm-indexes";

  private SamplerFactory() {}

  /** A sampler that keeps the VMs' row indexes in a folder. */
  public static Sampler withState(
      HostRoot host, TierSelector tiers, List<VmSet> sets, Path stateDir) {
    return sampler(host, tiers, sets, new VmIndexes(stateDir.resolve(INDEX_FILE)));
  }

  /** A sampler that writes nothing: its row indexes end with it. */
  public static Sampler withoutState(HostRoot host, TierSelector tiers, List<VmSet> sets) {
    return sampler(host, tiers, sets, VmIndexes.inMemory());
  }

  private static Sampler sampler(
      HostRoot host, TierSelector tiers, List<VmSet> sets, VmIndexes indexes) {
    return new Sampler(
        host,
        new VmScanner(host, Kcmp::sameFile, kvmFiles(tiers)),
        indexes,
        new NetworkElements(sets, indexes),
        tiers.sources(),
        tiers.limits(),
        System::nanoTime,
        Clock.systemUTC());
  }

  private static KvmFileList kvmFiles(TierSelector tiers) {
    return tiers.exact().<KvmFileList>map(exact -> exact::kvmFiles).orElse(KvmFileList.NONE);
  }
}
