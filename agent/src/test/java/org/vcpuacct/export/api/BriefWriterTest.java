package org.vcpuacct.export.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vcpuacct.json.JsonWriter;
import org.vcpuacct.ledger.Snapshots;

/**
 * The whole brief document against a golden. {@code -Dvcpuacct.goldens=DIR} writes it there
 * instead: look at what changed before it is taken over.
 */
class BriefWriterTest {

  private static final String GOLDEN = "brief.json";
  private static final Optional<Path> WRITE_TO =
      Optional.ofNullable(System.getProperty("vcpuacct.goldens")).map(Path::of);

  @Test
  void writesTheCountersOfEveryTier() throws Exception {
    byte[] document =
        JsonWriter.object(
            json ->
                new SnapshotWriter("1.2", Optional.of("host-1"), Optional::empty)
                    .write(json, Detail.BRIEF, Snapshots.ofEveryTier(), List.of()));
    if (WRITE_TO.isPresent()) {
      Files.write(WRITE_TO.get().resolve(GOLDEN), document);
      return;
    }
    try (InputStream golden = getClass().getResourceAsStream(GOLDEN)) {
      assertThat(new String(document, UTF_8)).isEqualTo(new String(golden.readAllBytes(), UTF_8));
    }
  }
}
