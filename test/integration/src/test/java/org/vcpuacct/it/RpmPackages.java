package org.vcpuacct.it;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The project's RPM packages in two releases, of the last commit and what Maven has built, and a
 * host's rpm.
 */
final class RpmPackages {

  private static final Path FOLDER = Project.OUTPUT.resolve("rpm");
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(2);

  private final Host host;

  private RpmPackages(Host host) {
    this.host = host;
  }

  /** Builds them, and has the host's rpm know of what they require. */
  static RpmPackages build(Host host) {
    String script = Project.file("test/packaging/build-for-lab");
    Program.run(BUILD_LIMIT, script, FOLDER.toString()).orFail();
    RpmPackages packages = new RpmPackages(host);
    packages.rpm("-i", FOLDER + "/stubs/*.rpm");
    return packages;
  }

  /** Installs the older release. */
  void install() {
    rpm("-i", FOLDER + "/1/vcpuacct-[0-9]*.rpm");
  }

  /** Puts the newer release in its place. */
  void upgrade() {
    rpm("-U", FOLDER + "/2/vcpuacct-[0-9]*.rpm");
  }

  /** What differs between the files of the package and those that are there, as rpm prints it. */
  String verify() {
    return host.run(words("-V vcpuacct")).out();
  }

  /** Removes it, of whatever release. */
  void remove() {
    rpm("-e", "vcpuacct");
  }

  private void rpm(String operation, String names) {
    Program.Result result = host.run(words(operation + " " + names)).orFail();
    Figures.show("rpm %s: %s", operation, (result.out() + result.err()).lines().toList());
  }

  private static String[] words(String arguments) {
    String rpm = ". " + Project.file("test/packaging/rpm-root.sh") + "; rpm_in / " + arguments;
    return new String[] {"bash", "-c", rpm};
  }
}
