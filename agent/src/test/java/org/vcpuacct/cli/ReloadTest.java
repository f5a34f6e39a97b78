package org.vcpuacct.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vcpuacct.config.Config;
import org.vcpuacct.config.ConfigException;
import org.vcpuacct.config.ConfigFile;
import org.vcpuacct.log.LogLines;
import picocli.CommandLine;

/** Parts that take their settings down follow a real file. */
class ReloadTest {

  private static final String SECOND = "[agent]\ninterval-ms = 1000\n";
  private static final String TWO_SECONDS = "[agent]\ninterval-ms = 2000\n";

  @TempDir private Path folder;

  private final ConfigOption option = new ConfigOption();
  private final List<Object> followed = new ArrayList<>();
  private final LogLines lines = LogLines.of(Reload.class);
  private boolean refuses;
  private boolean fails;
  private Path file;
  private Reload reload;

  @BeforeEach
  void start() throws IOException, ConfigException {
    file = Files.writeString(folder.resolve("vcpuacct.conf"), SECOND);
    new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(new Command(option)))
        .parseArgs("--config", file.toString());
    reload = reload(option);
  }

  @AfterEach
  void stopListening() {
    lines.close();
  }

  /** A command with this option. */
  @CommandLine.Command
  private record Command(@CommandLine.Mixin ConfigOption option) {}

  private Reload reload(ConfigOption from) throws ConfigException, IOException {
    Config started = ConfigFile.read(file);
    List<Part<?>> parts =
        List.of(
            new Part<>("agent.interval-ms", config -> config.agent().interval(), this::follow),
            new Part<>("alarm", Config::alarm, this::follow),
            new Part<>("http", Config::http, followed::add));
    for (Part<?> part : parts) {
      part.follow(started);
    }
    followed.clear();
    return new Reload(from, started, parts);
  }

  private void follow(Object settings) throws IOException {
    if (refuses) {
      throw new IOException("the port is taken");
    }
    if (fails) {
      throw new IllegalStateException("a fault");
    }
    followed.add(settings);
  }

  private void reloadAs(String text) throws IOException {
    Files.writeString(file, text);
    reload.run();
  }

  @Test
  void onlyWhatIsOtherIsFollowedAndSaidEachTime() throws IOException {
    reloadAs(TWO_SECONDS + "[http]\nenabled = true\n");
    reloadAs(TWO_SECONDS);
    reloadAs(SECOND);

    assertThat(followed).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(1));
    String reloaded = "vcpuacct reloaded " + file + ", changed: ";
    assertThat(lines.all())
        .containsExactly(
            reloaded + "agent.interval-ms", reloaded + "nothing", reloaded + "agent.interval-ms");
  }

  @Test
  void aFileThatIsWrongChangesNothing() throws IOException {
    reloadAs("[agent]\ninterval-ms = 2000\nbest-teir = \"exact\"\n");

    assertThat(followed).isEmpty();
    assertThat(lines.all())
        .singleElement()
        .asString()
        .startsWith("not reloaded, all goes on as before: " + file + ":3: agent.best-teir: ");
  }

  @Test
  void aFileThatIsGoneChangesNothing() throws IOException {
    Files.delete(file);
    reload.run();

    assertThat(lines.all())
        .containsExactly("not reloaded, all goes on as before: " + file + ": no such file");
  }

  @Test
  void whatAPartRefusesIsSaidAndTriedAgain() throws IOException {
    refuses = true;
    reloadAs(TWO_SECONDS + "[alarm]\nhistory = 7\n[http]\nenabled = false\n");
    assertThat(followed).hasSize(1);
    assertThat(lines.all())
        .containsExactly(
            "agent.interval-ms did not change: the port is taken",
            "alarm did not change: the port is taken",
            "vcpuacct reloaded " + file + ", changed: http");

    refuses = false;
    followed.clear();
    reload.run();
    assertThat(followed).hasSize(2).contains(Duration.ofSeconds(2));
  }

  @Test
  void aFaultOfOnePartLeavesTheOthersAlone() throws IOException {
    fails = true;
    reloadAs(TWO_SECONDS + "[http]\nenabled = false\n");

    assertThat(lines.all())
        .containsExactly(
            "agent.interval-ms did not change", "vcpuacct reloaded " + file + ", changed: http");
  }

  @Test
  void whatNeedsARestartIsNamedAtEachReload() throws IOException {
    String other =
        """
        [agent]
        interval-ms = 1000
        best-tier = "sampled"
        state-dir = "/other"
        [overload.feed]
        """;
    reloadAs(other);
    reloadAs(other);

    String kept =
        "needs a restart, and stays as it was until then: agent.best-tier, agent.state-dir,"
            + " overload.feed";
    String nothing = "vcpuacct reloaded " + file + ", changed: nothing";
    assertThat(lines.all()).containsExactly(kept, nothing, kept, nothing);
  }

  @Test
  void withoutAFileThereIsNothingToReload() throws IOException, ConfigException {
    reload(new ConfigOption()).run();

    assertThat(lines.all())
        .containsExactly("nothing to reload: the daemon was started without --config");
  }
}
