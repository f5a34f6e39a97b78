package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.vcpuacct.it.DocumentedBlock.Command;

/**
 * Every command of every document has a place where it is run, and those of a clone run here. Those
 * of a host are for {@link DocumentsOnHostIT}.
 */
class DocumentsIT {

  private static final String CHECKOUT = "checkout";

  /** Whose commands something else runs: it has no shell for us. */
  private static final String GUEST = "guest";

  private static final Set<String> PLACES =
      Set.of(CHECKOUT, DocumentsOnHostIT.HOST, DocumentsOnHostIT.MANAGER, InstalledIT.PLACE, GUEST);

  private static final Set<String> NOT_COMMANDS =
      Set.of("toml", "json", "ini", "c", "text", "svg", "mermaid", "snmpd.conf");

  /** How a command of a sentence begins. */
  private static final Pattern PROGRAM =
      Pattern.compile(
          "^(vcpuacct|snmp(get|walk|table|trapd|bulkwalk)|curl|systemctl|journalctl|dnf|rpm|mvn|man"
              + "|mount|socat|java|\\./\\w+|test/lab/lab|test/benchmarks/record) \\S.*");

  private static final Duration LIMIT = Duration.ofMinutes(4);

  private static final ThisMachine MACHINE = new ThisMachine();
  private static final Documents DOCUMENTS = Documents.read();
  private static final Elsewhere ELSEWHERE = Elsewhere.read();

  @AfterAll
  static void end() {
    MACHINE.close();
  }

  @Test
  void everyBlockSaysWhatItIsAndWhereItsCommandsAreRun() {
    assertThat(DOCUMENTS.blocks())
        .hasSizeGreaterThan(50)
        .allSatisfy(
            block -> {
              if (block.hasCommands()) {
                assertThat(PLACES).as("%s", block).contains(block.place());
                assertThat(block.commands()).as("%s", block).isNotEmpty();
              } else {
                assertThat(NOT_COMMANDS).as("%s", block).contains(block.language());
                assertThat(block.hasPrompt()).as("a prompt in %s", block).isFalse();
              }
            });
  }

  @Test
  void whatNoTestOfTheDocumentsCanRunSomethingElseRuns() {
    Set<String> run = new HashSet<>(ELSEWHERE.runs().keySet());
    run.addAll(commands(block -> !block.place().equals(GUEST)));
    assertThat(commands(block -> block.place().equals(GUEST))).isSubsetOf(run);
  }

  @Test
  void aCommandOfASentenceIsOneThatIsRun() {
    Set<String> run = new HashSet<>(ELSEWHERE.runs().keySet());
    run.addAll(commands(block -> true));
    assertThat(DOCUMENTS.spans())
        .filteredOn(span -> PROGRAM.matcher(span.text()).matches())
        .isNotEmpty()
        .filteredOn(span -> run.stream().noneMatch(command -> begins(command, span.text())))
        .as("commands of sentences that no block has and nothing else runs")
        .isEmpty();
  }

  /** Whether the words of a command begin with these. */
  private static boolean begins(String command, String words) {
    return (command + " ").startsWith(words + " ");
  }

  @Test
  void whatIsSaidToRunElsewhereIsThereAndIsDocumented() {
    Set<String> documented = new HashSet<>(commands(block -> true));
    DOCUMENTS.spans().forEach(span -> documented.add(span.text()));
    assertThat(ELSEWHERE.runs()).isNotEmpty();
    assertThat(ELSEWHERE.runs().keySet())
        .filteredOn(command -> !documented.contains(command))
        .as("commands that no document has")
        .isEmpty();
    assertThat(ELSEWHERE.runs().values())
        .filteredOn(run -> !run.isThere())
        .as("what is not in its file")
        .isEmpty();
  }

  @Test
  void everyLinkLeadsToAFile() {
    assertThat(DOCUMENTS.links())
        .isNotEmpty()
        .filteredOn(link -> !Files.exists(link.target()))
        .as("links that lead nowhere")
        .isEmpty();
  }

  private static Set<String> commands(Predicate<DocumentedBlock> which) {
    return DOCUMENTS.blocks().stream()
        .filter(which)
        .flatMap(block -> block.commands().stream())
        .map(Command::text)
        .collect(Collectors.toSet());
  }

  @TestFactory
  Stream<DynamicTest> commandsOfACloneRun() {
    DocumentShell shell =
        new DocumentShell(words -> Program.run(LIMIT, Map.of(), "", words), Map.of(), ELSEWHERE);
    return tests(DOCUMENTS.blocksIn(CHECKOUT), shell);
  }

  @TestFactory
  Stream<DynamicTest> theDaemonTakesTheSettingsShown() {
    return DOCUMENTS.blocks().stream()
        .filter(block -> block.language().equals("toml"))
        .map(block -> DynamicTest.dynamicTest(block.toString(), () -> assertTaken(block)));
  }

  /** It goes no further than the settings; what is below /etc is in a folder of ours here. */
  private static void assertTaken(DocumentedBlock block) throws IOException {
    Path folder = MACHINE.newFolder();
    String text = String.join("\n", block.lines()).replace("/etc/vcpuacct", folder.toString());
    for (String password :
        List.of("nms.auth", "nms.privacy", "mme.auth", "nms-1.auth", "nms-1.privacy")) {
      closed(folder.resolve(password), "a long password\n");
    }
    Path config = closed(folder.resolve("vcpuacct.conf"), text);
    Program.Result check = Vcpuacct.run(MACHINE, "check", "--config", config.toString());
    assertThat(check.status()).as("%s%n%s", block, check).isLessThan(2);
  }

  private static Path closed(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setReadable(false, false)).isTrue();
    assertThat(file.toFile().setReadable(true, true)).isTrue();
    return file;
  }

  /** A test for each block, which types its commands. */
  static Stream<DynamicTest> tests(List<DocumentedBlock> blocks, DocumentShell shell) {
    return blocks.stream()
        .map(block -> DynamicTest.dynamicTest(block.toString(), () -> shell.type(block)));
  }
}
