package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A question that has no answer: one sentence that says why, and exit status 2. */
class RefusedCommandsIT {

  private static final int NO_ANSWER = 2;

  private static final ThisMachine host = new ThisMachine();
  private static Daemon daemon;

  @BeforeAll
  static void startDaemon() {
    daemon = Daemon.on(host).bestTier("sampled").http().start();
  }

  @AfterAll
  static void endDaemon() {
    daemon.close();
    host.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          top nobody --once   | there is no network element "nobody" now
          top nobody --json   | there is no network element "nobody" now
          top nobody          | there is no network element "nobody" now
          top                 | standard input and output are no terminal
          why nobody          | there was no network element "nobody" then
          why nobody --at -9d | nothing is known of
          """)
  void theDaemonSaysWhyItHasNoAnswer(String command, String sentence) {
    assertRefused(asked(command, daemon.httpSocket()), sentence);
  }

  @ParameterizedTest
  @CsvSource({"top --once", "top --json", "top", "why mme"})
  void aDaemonThatIsDownIsNamedByItsSocket(String command) {
    String socket = host.newStateDir() + "/http.sock";
    assertRefused(asked(command, socket), "there is no " + socket + ": the daemon does not run");
  }

  private static Program.Result asked(String command, String socket) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.addAll(List.of("--socket", socket));
    return Vcpuacct.run(host, words.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --from -1m --ne nobody  | there was no network element "nobody" then
          --from -9d --to -8d     | nothing is known of
          --from -1m --to -2m     | the time would begin at
          """)
  void anExportSaysWhatIsHeld(String options, String sentence) {
    assertRefused(export(daemon.stateDir(), options), sentence);
  }

  @Test
  void anExportWithoutHistorySaysHowToGetOne() {
    String stateDir = host.newStateDir();
    assertRefused(export(stateDir, "--from -1m"), "no history is held in " + stateDir);
  }

  private static Program.Result export(String stateDir, String options) {
    String config = host.put("export.toml", "[agent]\nstate-dir = \"%s\"\n".formatted(stateDir));
    List<String> words = new ArrayList<>(List.of("export", "--config", config));
    words.addAll(List.of(options.split(" ", -1)));
    return Vcpuacct.run(host, words.toArray(String[]::new));
  }

  private static void assertRefused(Program.Result result, String sentence) {
    Figures.show("refused: %s", result.err().strip());
    assertThat(result.status()).isEqualTo(NO_ANSWER);
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .startsWith("vcpuacct: ")
        .contains(sentence);
    assertThat(result.out()).isEmpty();
  }
}
