package org.vcpuacct.mib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MibPageTest {

  private static final String PAGE = "mib.md";
  private static final Path DOCS = Path.of("../docs");

  /** A folder into which the page is written, instead of compared: {@code ../docs}. */
  private static final Optional<Path> WRITE_TO =
      Optional.ofNullable(System.getProperty("vcpuacct.goldens")).map(Path::of);

  private final MibPage page = new MibPage(MibText.read());

  @Test
  void thePageIsThatOfTheMib() throws IOException {
    if (WRITE_TO.isPresent()) {
      Files.writeString(WRITE_TO.get().resolve(PAGE), page.text());
      return;
    }
    assertThat(DOCS.resolve(PAGE))
        .as("to make it anew: -Dtest=MibPageTest -Dvcpuacct.goldens=../docs")
        .hasContent(page.text());
  }

  @Test
  void everyQuestionIsAnswered() {
    assertThat(page.text()).contains("vaNeHidden");
    assertThat(page.unused()).isEmpty();
  }
}
