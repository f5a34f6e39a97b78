package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong in a document is found. */
class DocumentShellIT {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static void type(String language, String... lines) {
    DocumentShell shell =
        new DocumentShell(
            words -> Program.run(LIMIT, Map.of(), "", words),
            Map.of("\\bHOST\\b", "kvm-1"),
            Elsewhere.read());
    shell.type(new DocumentedBlock("made-up.md", 1, language, "host", List.of(lines)));
  }

  @Test
  void whatIsRightPasses() {
    assertThatCode(
            () ->
                type(
                    "console",
                    "$ printf 'NAME  LOAD\\nHOST  97.1 %%\\n'   # a table",
                    "NAME  LOAD",
                    "kvm-2  3.5 %",
                    "",
                    "$ printf 'a 7 kB\\n'; \\",
                    "    printf 'b\\n'",
                    "a 9 kB"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "false",
        "false; echo said",
        "true",
        "echo 'x = No Such Object available on this agent at this OID'",
        "echo 'x: No entries'",
        ": > made-up.txt"
      })
  void aCommandThatFailsOrPrintsNothingIsFound(String command) {
    assertThatThrownBy(() -> type("sh", command.replace("made-up", Project.OUTPUT + "/made-up")))
        .isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NAME  SHARE", "LOAD  NAME", "NAMELOAD"})
  void anOutputThatIsAnotherIsFound(String shown) {
    assertThatThrownBy(() -> type("console", "$ printf 'NAME  LOAD\\n'", shown))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(shown);
  }

  @Test
  void whereAllAreFiguresTheFirstLineIsHeldAgainst() {
    assertThatThrownBy(() -> type("console", "$ echo 'x = 7 exits'", "y = 8 exits"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("y = 8 exits");
  }
}
