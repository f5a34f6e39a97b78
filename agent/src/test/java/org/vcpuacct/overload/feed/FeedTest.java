package org.vcpuacct.overload.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vcpuacct.overload.feed.Asked.ne;
import static org.vcpuacct.overload.feed.Asked.overload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedTest {

  private Path shared;

  @BeforeEach
  void makeFolder() throws IOException {
    shared = Files.createTempDirectory(Path.of("/dev/shm"), "vcpuacct-feed");
  }

  @AfterEach
  void removeFolder() throws IOException {
    try (var files = Files.walk(shared)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private FeedSettings settings(Path directory, String group) {
    return new FeedSettings(directory, Optional.of(group), Optional.empty());
  }

  private String ownGroup() throws IOException {
    return Files.readAttributes(shared, PosixFileAttributes.class).group().getName();
  }

  @Test
  void whatItPublishesCanBeReadWhenItReturns() throws IOException {
    Path directory = shared.resolve("made/for/it");
    FeedSettings settings = settings(directory, ownGroup());
    try (Feed feed = Feed.open(settings, System::nanoTime)) {
      feed.start();
      feed.publish(Asked.at(System.nanoTime(), ne(7, "mme", overload(5))));
      assertThat(new OverloadFile(settings.file(), "mme").read()).isPresent();
    }
  }

  @Test
  void onlyTheGroupGetsIn() throws IOException {
    try (Feed feed = Feed.open(settings(shared, ownGroup()), System::nanoTime)) {
      feed.start();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared)))
          .isEqualTo("rwxr-x---");
      assertThat((int) Files.getAttribute(shared, "unix:mode") & 07777).isEqualTo(02750);
      for (String name : new String[] {FeedSettings.FILE, FeedSettings.SOCKET}) {
        assertThat(
                Files.readAttributes(shared.resolve(name), PosixFileAttributes.class)
                    .group()
                    .getName())
            .isEqualTo(ownGroup());
      }
    }
  }

  @Test
  void aGroupThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Feed.open(settings(shared, "no-such-group"), System::nanoTime))
        .isInstanceOf(FeedException.class)
        .hasMessageContaining("no group no-such-group")
        .hasMessageContaining("overload.feed.group");
  }

  @Test
  void aFolderOnADiskIsRefused() {
    // Of the kernel, and so on no tmpfs whatever machine this is.
    assertThatThrownBy(
            () -> Feed.open(settings(Path.of("/proc/self"), ownGroup()), System::nanoTime))
        .isInstanceOf(FeedException.class)
        .hasMessageContaining("/proc/self is on proc")
        .hasMessageContaining("overload.feed.directory");
  }
}
