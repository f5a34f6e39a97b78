package org.vcpuacct.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vcpuacct.json.Json;

/** What a process writes on standard error, as its environment says. */
class LogOutputTest {

  private static final String TIME = "\\d\\d:\\d\\d:\\d\\d\\.\\d\\d\\d ";

  @TempDir private Path dir;

  @Test
  void onATerminalALineHasTimeAndLevelAndATraceItsOwnLines() throws Exception {
    List<String> lines = run(Map.of());

    assertThat(lines).hasSizeGreaterThan(4);
    assertThat(lines.get(0)).matches(TIME + "INFO  LoggingProcess: tier exact");
    assertThat(lines.get(1)).matches(TIME + "WARN  LoggingProcess: it said: no \\| <3>forged");
    assertThat(lines.get(2)).matches(TIME + "ERROR LoggingProcess: left out");
    assertThat(lines.get(3)).isEqualTo("java.lang.IllegalStateException: why");
    assertThat(lines.get(4)).startsWith("\tat org.vcpuacct.log.LoggingProcess.main(");
  }

  @Test
  void inTheJournalEachMessageIsOneEntryWithItsPriority() throws Exception {
    List<String> lines = run(Map.of("JOURNAL_STREAM", standardError(), "VCPUACCT_LOG", "debug"));

    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).isEqualTo("<7>LoggingProcess: a detail");
    assertThat(lines.get(1)).isEqualTo("<6>LoggingProcess: tier exact");
    assertThat(lines.get(2)).isEqualTo("<4>LoggingProcess: it said: no | <3>forged");
    assertThat(lines.get(3))
        .startsWith(
            "<3>LoggingProcess: left out | java.lang.IllegalStateException: why"
                + " | at org.vcpuacct.log.LoggingProcess.main(");
  }

  @Test
  void aStandardErrorThatIsNotTheJournalHasNoPriorities() throws Exception {
    assertThat(run(Map.of("JOURNAL_STREAM", "1:1")).get(0)).matches(TIME + "INFO .*");
  }

  @Test
  void asJsonEachMessageIsOneObject() throws Exception {
    List<String> lines = run(Map.of("VCPUACCT_LOG_FORMAT", "json"));

    assertThat(lines).hasSize(3);
    assertThat(text(lines.get(0), "level")).isEqualTo("INFO");
    assertThat(text(lines.get(0), "formattedMessage")).isEqualTo("tier exact");
    assertThat(text(lines.get(1), "formattedMessage")).isEqualTo("it said: no\n<3>forged");
    assertThat(parse(lines.get(2)).member("throwable").flatMap(fault -> fault.string("message")))
        .contains("why");
  }

  @Test
  void theJournalKnowsThePriorityOfAnObjectToo() throws Exception {
    List<String> lines =
        run(Map.of("JOURNAL_STREAM", standardError(), "VCPUACCT_LOG_FORMAT", "json"));

    assertThat(lines).hasSize(3);
    assertThat(lines.get(2)).startsWith("<3>{");
    assertThat(text(lines.get(2).substring("<3>".length()), "level")).isEqualTo("ERROR");
  }

  @Test
  void whatCannotBeUsedIsToldAndTheDefaultHolds() throws Exception {
    List<String> lines = run(Map.of("VCPUACCT_LOG_FORMAT", "xml", "VCPUACCT_LOG", "loud"));

    assertThat(lines.get(0)).contains("loud is no level for VCPUACCT_LOG; write ERROR, WARN,");
    assertThat(lines.get(1)).contains("xml is no format for VCPUACCT_LOG_FORMAT; write text or");
    assertThat(lines.get(2)).matches(TIME + "INFO  LoggingProcess: tier exact");
  }

  private List<String> run(Map<String, String> environment)
      throws IOException, InterruptedException {
    return LoggingProcess.run(dir.resolve("stderr"), environment);
  }

  /** As systemd tells it of the stream that is the journal. */
  private String standardError() throws IOException {
    Path file = Files.createFile(dir.resolve("stderr"));
    return Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino");
  }

  private static String text(String line, String member) throws IOException {
    return parse(line).string(member).orElseThrow();
  }

  private static Json parse(String line) throws IOException {
    return Json.parse(line.getBytes(UTF_8));
  }
}
