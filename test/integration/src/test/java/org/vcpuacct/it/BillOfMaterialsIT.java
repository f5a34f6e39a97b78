package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the build says that it ships is what it ships. */
class BillOfMaterialsIT {

  private static final Path BILL = Project.JAR.resolveSibling("vcpuacct.cdx.json");
  private static final Path LICENCES = Project.JAR.resolveSibling("THIRD-PARTY.txt");

  private static final Pattern COMPONENT =
      Pattern.compile("\"purl\" : \"pkg:maven/([^/]+)/([^@]+)@");
  private static final Pattern LICENSED =
      Pattern.compile("^ +\\(.*\\(([^:]+):([^:]+):[^:]+ - [^)]*\\)$", Pattern.MULTILINE);
  private static final Pattern IN_JAR =
      Pattern.compile("META-INF/maven/([^/]+)/([^/]+)/pom\\.properties");

  private final String bill = Files.readString(BILL);

  BillOfMaterialsIT() throws IOException {}

  @Test
  void whatIsInTheJarIsInTheBill() throws IOException {
    try (JarFile jar = new JarFile(Project.JAR.toFile())) {
      String entries = jar.stream().map(entry -> entry.getName()).collect(Collectors.joining("\n"));

      assertThat(names(IN_JAR, entries))
          .contains("org.snmp4j:snmp4j", "org.slf4j:slf4j-api")
          .isSubsetOf(names(COMPONENT, bill));
    }
  }

  @Test
  void thePageLibraryIsInItToo() {
    assertThat(names(COMPONENT, bill)).contains("org.webjars.npm:uplot");
  }

  @Test
  void eachLibraryOfTheBillHasALicence() throws IOException {
    Set<String> libraries =
        names(COMPONENT, bill).stream()
            .filter(name -> !name.startsWith("org.vcpuacct:"))
            .collect(Collectors.toSet());

    assertThat(names(LICENSED, Files.readString(LICENCES)))
        .containsExactlyInAnyOrderElementsOf(libraries);
  }

  @Test
  void nothingInItDiffersFromBuildToBuild() {
    assertThat(bill).contains("\"cdx:reproducible\"").doesNotContain("\"timestamp\"");
  }

  /** The libraries that a text names, GROUP:ARTIFACT each. */
  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1) + ":" + match.group(2))
        .collect(Collectors.toSet());
  }
}
