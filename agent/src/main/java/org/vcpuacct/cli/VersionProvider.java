package org.vcpuacct.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar's manifest. */
public final class VersionProvider implements IVersionProvider {

  /** The version; "unpackaged" where the classes do not come from the jar. */
  public static String version() {
    String version = VersionProvider.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"vcpuacct " + version()};
  }
}
