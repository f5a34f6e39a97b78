package org.vcpuacct.export.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snmp4j.Snmp;
import org.snmp4j.smi.OctetString;
import org.vcpuacct.snmp.AuthProtocol;
import org.vcpuacct.snmp.Password;
import org.vcpuacct.snmp.SnmpCredentials;
import org.vcpuacct.snmp.SnmpLogin;

class EngineStateTest {

  private static final String ENGINE_ID = "8000137004616263";

  @TempDir private Path stateDir;

  @Test
  void eachBootIsCountedUnderOneIdentity() throws IOException {
    EngineState first = boot(stateDir);
    EngineState second = boot(stateDir);

    assertThat(first.boots()).isEqualTo(1);
    assertThat(second.boots()).isEqualTo(2);
    assertThat(second.engineId()).isEqualTo(first.engineId());
    assertThat(first.engineId().length()).isBetween(5, 32);
  }

  @Test
  void twoFoldersAreTwoEngines() throws IOException {
    assertThat(boot(stateDir.resolve("a")).engineId())
        .isNotEqualTo(boot(stateDir.resolve("b")).engineId());
  }

  @Test
  void nothingButTheFileIsLeftBehind() throws IOException {
    boot(stateDir);

    try (Stream<Path> files = Files.list(stateDir)) {
      assertThat(files).containsExactly(stateDir.resolve("snmp-engine"));
    }
  }

  @Test
  void theBootsStandStillAtTheirMaximum() throws IOException {
    write("engine-id=" + ENGINE_ID + "\nboots=2147483647\n");

    assertThat(boot(stateDir).boots()).isEqualTo(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "boots=3\n",
        "engine-id=" + ENGINE_ID + "\n",
        "engine-id=" + ENGINE_ID + "\nboots=0\n",
        "engine-id=" + ENGINE_ID + "\nboots=-1\n",
        "engine-id=" + ENGINE_ID + "\nboots=2147483648\n",
        "engine-id=80001370\nboots=3\n",
        "engine-id=8000137xyz\nboots=3\n",
        "engine-id=\\u00zz\nboots=3\n"
      })
  void aFileThatCannotBeUsedIsReplaced(String content) throws IOException {
    write(content);

    EngineState replaced = boot(stateDir);

    assertThat(replaced.boots()).isEqualTo(1);
    assertThat(replaced.engineId()).isNotEqualTo(OctetString.fromHexStringPairs(ENGINE_ID));
    assertThat(boot(stateDir).boots()).isEqualTo(2);
  }

  @Test
  void whatWasNotKeptAtFirstCanBeKeptLater() throws IOException {
    Path later = stateDir.resolve("later");
    Path file = Files.createFile(later);
    EngineState state = EngineState.boot(later, false);
    assertThatThrownBy(() -> state.keep(later)).isInstanceOf(EngineStateException.class);
    Files.delete(file);

    state.keep(Files.createDirectory(later));

    EngineState next = boot(later);
    assertThat(next.engineId()).isEqualTo(state.engineId());
    assertThat(next.boots()).isEqualTo(2);
  }

  @Test
  void itsTimeIsTheSameForWhoeverSpeaksAsThisEngine() throws IOException {
    long hourAgoNs = System.nanoTime() - Duration.ofHours(1).toNanos();
    EngineState state = new EngineState(new OctetString("engine"), 7, hourAgoNs);

    assertThat(new UserSecurity(state, List.of()).usm().getEngineTime()).isBetween(3_600, 3_660);
    SnmpLogin trapSender =
        SnmpLogin.of(
            new SnmpCredentials.User(
                "nms",
                new SnmpCredentials.Authentication(
                    AuthProtocol.SHA_256, new Password("correct horse")),
                Optional.empty()));
    try (Snmp session =
        trapSender.newSession(state.engineId(), state.boots(), state.secondsSinceBoot())) {
      assertThat(session.getUSM().getEngineTime()).isBetween(3_600, 3_660);
      assertThat(session.getUSM().getEngineBoots()).isEqualTo(7);
    }
  }

  @Test
  void aFolderThatCannotBeWrittenStopsWhatNeedsTheBootsAlone() throws IOException {
    Path file = Files.createFile(stateDir.resolve("file"));

    assertThat(EngineState.boot(file, false).boots()).isEqualTo(1);
    assertThatThrownBy(() -> EngineState.boot(file, true))
        .isInstanceOf(EngineStateException.class)
        .hasMessageStartingWith(
            "cannot keep the SNMP engine's identity and boots in " + file + "/snmp-engine: ")
        .hasMessageEndingWith(
            "; make " + file + " writable for this user, or choose another agent.state-dir");
  }

  private static EngineState boot(Path stateDir) throws EngineStateException {
    return EngineState.boot(stateDir, true);
  }

  private void write(String content) throws IOException {
    Files.writeString(stateDir.resolve("snmp-engine"), content);
  }
}
