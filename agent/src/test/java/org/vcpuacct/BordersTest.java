package org.vcpuacct;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may use what: the rooms of the project and the doors between them. */
class BordersTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.vcpuacct");

  @Test
  void onlyNativePerfUsesJna() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.vcpuacct.kernel..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.jna..")
        .check(CLASSES);
  }

  @Test
  void nativePerfAndTheMibDependOnNothingOfOurs() {
    noClasses()
        .that()
        .resideInAnyPackage("org.vcpuacct.kernel..", "org.vcpuacct.mib..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "reside in another package of the project",
                type ->
                    type.getPackageName().startsWith("org.vcpuacct")
                        && !type.getPackageName().startsWith("org.vcpuacct.kernel")
                        && !type.getPackageName().startsWith("org.vcpuacct.mib")))
        .check(CLASSES);
  }

  @Test
  void onlyThosePackagesUseSnmp4jThatSpeakSnmp() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "org.vcpuacct.snmp..",
            "org.vcpuacct.export.snmp..",
            "org.vcpuacct.export.agentx..",
            "org.vcpuacct.export.notify..",
            "org.vcpuacct.guest..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.snmp4j..")
        .check(CLASSES);
  }

  @Test
  void onlyOnePackageUsesAJsonLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.vcpuacct.json..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson..")
        .check(CLASSES);
  }

  @Test
  void onlyTheMetricsUseMicrometer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.vcpuacct.export.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", "io.prometheus..")
        .check(CLASSES);
  }

  @Test
  void onlyTheHttpServerUsesJetty() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.vcpuacct.export.http..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty..")
        .check(CLASSES);
  }

  @Test
  void onlyTopTakesATerminalOver() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.vcpuacct.cli.top..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jline.terminal..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineUsesJline() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.vcpuacct.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jline..")
        .check(CLASSES);
  }

  @Test
  void onlyTheConfigurationReadsToml() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.vcpuacct.config..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.tomlj..")
        .check(CLASSES);
  }

  @Test
  void onlyTheLogKnowsWhatWritesIt() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.vcpuacct.log..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ch.qos.logback..")
        .check(CLASSES);
  }

  @Test
  void exportersReadSnapshotsAndNothingElse() {
    noClasses()
        .that()
        .resideInAPackage("org.vcpuacct.export..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.vcpuacct.kernel..",
            "org.vcpuacct.source..",
            "org.vcpuacct.sampler..",
            "org.vcpuacct.config..",
            "org.vcpuacct.cli..")
        .check(CLASSES);
  }

  @Test
  void theCommandLineIsOnTop() {
    classes()
        .that()
        .resideInAPackage("org.vcpuacct.cli..")
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAnyPackage("org.vcpuacct", "org.vcpuacct.cli..")
        .check(CLASSES);
  }

  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices().matching("org.vcpuacct.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
