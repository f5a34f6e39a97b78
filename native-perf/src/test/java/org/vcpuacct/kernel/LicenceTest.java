package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs for the kernel say what licence they have, and its text is there. */
class LicenceTest {

  private static final Path BPF = Path.of("src/main/bpf");
  private static final Path TEXTS = Path.of("../LICENSES");

  private static final Pattern IDENTIFIER =
      Pattern.compile("SPDX-License-Identifier: (.+?)(?: \\*/)?");

  @ParameterizedTest
  @MethodSource("sources")
  void eachSourceNamesBothLicences(Path source) throws IOException {
    Matcher first =
        IDENTIFIER.matcher(Files.readAllLines(source).get(0).replaceFirst("^/[/*] ", ""));

    assertThat(first.matches()).isTrue();
    assertThat(List.of(first.group(1).split(" OR ")))
        .containsExactly("GPL-2.0-only", "BSD-2-Clause")
        .allSatisfy(licence -> assertThat(TEXTS.resolve(licence + ".txt")).isNotEmptyFile());
  }

  /** The helpers that only programs under the GPL may call are allowed by it. */
  @Test
  void theKernelIsToldOfBoth() throws IOException {
    assertThat(BPF.resolve("ledger.bpf.c"))
        .content()
        .contains("char LICENSE[] SEC(\"license\") = \"Dual BSD/GPL\";");
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(BPF)) {
      return files.filter(file -> file.toString().matches(".*\\.[ch]")).toList();
    }
  }
}
