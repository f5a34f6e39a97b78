package org.vcpuacct.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReopenableTest {

  private final List<String> events = new ArrayList<>();
  private boolean fails;

  private final Reopenable<String, Closeable> part =
      new Reopenable<>(
          settings -> {
            if (fails && !settings.equals("old")) {
              throw new IOException(settings + " cannot be opened");
            }
            events.add("open " + settings);
            return () -> events.add("close " + settings);
          });

  @Test
  void theOldOneIsClosedBeforeTheNewOneIsOpened() throws IOException {
    part.use(Optional.of("old"));
    part.use(Optional.of("new"));

    assertThat(events).containsExactly("open old", "close old", "open new");
    assertThat(part.get()).isPresent();
  }

  @Test
  void theOldOneIsOpenedAgainWhenTheNewOneCannotBe() throws IOException {
    part.use(Optional.of("old"));
    fails = true;

    assertThatThrownBy(() -> part.use(Optional.of("new")))
        .isInstanceOf(IOException.class)
        .hasMessage("new cannot be opened");

    assertThat(events).containsExactly("open old", "close old", "open old");
    assertThat(part.get()).isPresent();
  }

  @Test
  void nothingIsOpenWhenNothingIsWanted() throws IOException {
    part.use(Optional.of("old"));
    part.use(Optional.empty());

    assertThat(events).containsExactly("open old", "close old");
    assertThat(part.get()).isEmpty();
  }
}
