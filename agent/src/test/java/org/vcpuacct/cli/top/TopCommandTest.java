package org.vcpuacct.cli.top;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.cli.Fatal;
import org.vcpuacct.export.http.HttpServer;
import picocli.CommandLine;

@Timeout(60)
class TopCommandTest {

  private static final int USAGE = 2;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsPlainTablesOnce() throws Exception {
    try (HttpServer daemon = ServedDocuments.on(socket())) {
      assertThat(daemon).isNotNull();
      assertThat(run("--once")).isZero();
    }

    assertThat(out.toString()).isEqualTo(new String(Recorded.resource("once.txt"), UTF_8));
  }

  @Test
  void printsWhatTheDaemonSays() throws Exception {
    try (HttpServer daemon = ServedDocuments.on(socket())) {
      assertThat(daemon).isNotNull();
      assertThat(run("--json")).isZero();
    }

    assertThat(out.toString()).isEqualTo(new String(Recorded.first(), UTF_8) + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--once", "--json", "--interval=1"})
  void aDaemonThatIsDownIsOneSentence(String option) {
    assertThat(run(option)).isEqualTo(USAGE);
    assertThat(err.toString())
        .isEqualTo(
            "vcpuacct: there is no "
                + socket()
                + ": the daemon does not run, or has another http.socket\n");
  }

  @Test
  void aNetworkElementThatIsNotThereIsTheDaemonsSentence() throws Exception {
    try (HttpServer daemon = ServedDocuments.on(socket())) {
      assertThat(daemon).isNotNull();
      assertThat(run("--once", "nobody")).isEqualTo(USAGE);
    }

    assertThat(err.toString())
        .startsWith("vcpuacct: ")
        .contains("there is no such NE")
        .hasLineCount(1);
  }

  @Test
  void withoutATerminalItSaysHowToDoWithout() throws Exception {
    try (HttpServer daemon = ServedDocuments.on(socket())) {
      assertThat(daemon).isNotNull();
      assertThat(run()).isEqualTo(USAGE);
    }

    assertThat(err.toString())
        .isEqualTo("vcpuacct: standard input and output are no terminal; use --once or --json\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "NaN", "3601", "1e300"})
  void anIntervalThatCannotBeIsRefused(String seconds) {
    assertThat(run("--interval=" + seconds)).isEqualTo(USAGE);
    assertThat(err.toString()).startsWith("--interval: write seconds from 0.1 to 3600");
  }

  private Path socket() {
    return folder.resolve("s");
  }

  private int run(String... words) {
    return new CommandLine(new TopCommand())
        .setExecutionExceptionHandler(new Fatal())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(concat(words));
  }

  private String[] concat(String... words) {
    String[] all = new String[words.length + 2];
    all[0] = "--socket";
    all[1] = socket().toString();
    System.arraycopy(words, 0, all, 2, words.length);
    return all;
  }
}
