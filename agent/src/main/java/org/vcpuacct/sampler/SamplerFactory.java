package org.vcpuacct.sampler;

import java.nio.file.Path;
import java.time.Clock;
import org.vcpuacct.config.Config;
import org.vcpuacct.guest.GuestLoads;
import org.vcpuacct.guest.GuestSettings;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.kernel.Kcmp;
import org.vcpuacct.ne.NetworkElements;
import org.vcpuacct.overload.OverloadControls;
import org.vcpuacct.source.TierSelector;
import org.vcpuacct.vm.KvmFileList;
import org.vcpuacct.vm.VmIndexes;
import org.vcpuacct.vm.VmScanner;

/** Puts a sampler together from its parts. */
public final class SamplerFactory {

  private static final String INDEX_FILE = "vm-indexes";

  private SamplerFactory() {}

  /** A sampler that keeps the VMs' row indexes in the state folder. */
  public static Sampler withState(HostRoot host, TierSelector tiers, Config config) {
    Path file = config.agent().stateDir().resolve(INDEX_FILE);
    return sampler(host, tiers, config, new VmIndexes(file), config.guest());
  }

  /** A sampler that writes nothing and asks no guest: its row indexes end with it. */
  public static Sampler withoutState(HostRoot host, TierSelector tiers, Config config) {
    return sampler(host, tiers, config, VmIndexes.inMemory(), GuestSettings.off());
  }

  private static Sampler sampler(
      HostRoot host, TierSelector tiers, Config config, VmIndexes indexes, GuestSettings guests) {
    return new Sampler(
        host,
        new VmScanner(host, Kcmp::sameFile, kvmFiles(tiers)),
        indexes,
        new NetworkElements(config.networkElements(), indexes),
        new OverloadControls(config.overload()),
        new GuestLoads(guests, host, System::nanoTime),
        tiers.sources(),
        tiers.limits(),
        System::nanoTime,
        Clock.systemUTC());
  }

  private static KvmFileList kvmFiles(TierSelector tiers) {
    return tiers.exact().<KvmFileList>map(exact -> exact::kvmFiles).orElse(KvmFileList.NONE);
  }
}
