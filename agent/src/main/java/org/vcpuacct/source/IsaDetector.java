package org.vcpuacct.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.ledger.Isa;

/** Tells a host's virtualisation extension from /proc/cpuinfo. */
final class IsaDetector {

  private IsaDetector() {}

  /**
   * The extension of the first CPU; empty if it has none that is known, as below a hypervisor that
   * runs KVM without one.
   */
  static Optional<Isa> detect(HostRoot host) throws IOException {
    return detect(Files.readString(host.proc().resolve("cpuinfo"), StandardCharsets.ISO_8859_1));
  }

  static Optional<Isa> detect(String cpuInfo) {
    for (String line : cpuInfo.split("\n", -1)) {
      if (line.startsWith("CPU implementer")) {
        return Optional.of(Isa.ARM64);
      }
      if (line.startsWith("flags")) {
        return ofFlags(List.of(line.split("\\s+", -1)));
      }
    }
    return Optional.empty();
  }

  private static Optional<Isa> ofFlags(List<String> flags) {
    if (flags.contains("svm")) {
      return Optional.of(Isa.SVM);
    }
    return flags.contains("vmx") ? Optional.of(Isa.VMX) : Optional.empty();
  }
}
