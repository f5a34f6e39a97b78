package org.vcpuacct.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file holds, a parser answers or throws its one exception. */
class MalformedTextTest {

  private static final Path HOST = Path.of("../test/hosts/qemu-7.2");
  private static final int ROUNDS = 3_000;

  private interface Parser {
    Object parse(byte[] text) throws IOException;
  }

  private static final Map<String, Parser> PARSERS =
      Map.of(
          "SchedStat", text -> SchedStat.parse(text, text.length),
          "ThreadStat", text -> ThreadStat.parse(text, text.length),
          "ThreadStat.comm", text -> ThreadStat.comm(text, text.length),
          "ThreadSyscall", ThreadSyscall::parse,
          "ProcessStatus", ProcessStatus::parse,
          "CommandLine", CommandLine::parse,
          "CpuStat", CpuStat::parse,
          "TracepointFormat", TracepointFormat::parse);

  static Stream<String> parsers() {
    return PARSERS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void throwsNothingElse(String name) throws IOException {
    Parser parser = PARSERS.get(name);
    int answers = 0;
    int refusals = 0;
    for (byte[] text : texts()) {
      try {
        assertThat(parser.parse(text)).isNotNull();
        answers++;
      } catch (MalformedProcFileException e) {
        assertThat(e.getMessage()).hasSizeLessThan(250).matches("\\p{Print}+");
        refusals++;
      }
    }
    assertThat(answers + refusals).isGreaterThan(ROUNDS);
    assertThat(refusals).as("refusals").isGreaterThan(name.equals("CommandLine") ? -1 : ROUNDS / 2);
  }

  /** Real lines, their beginnings, real lines with a byte changed, and noise. */
  private static List<byte[]> texts() throws IOException {
    Random random = new Random(1);
    List<byte[]> texts = new ArrayList<>();
    for (byte[] real : realTexts()) {
      texts.add(real);
      for (int i = 0; i < 300; i++) {
        texts.add(Arrays.copyOf(real, random.nextInt(real.length)));
        byte[] changed = real.clone();
        changed[random.nextInt(Math.min(changed.length, 200))] = (byte) random.nextInt(256);
        texts.add(changed);
      }
    }
    for (int i = 0; i < ROUNDS; i++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      texts.add(noise);
    }
    return texts;
  }

  private static List<byte[]> realTexts() throws IOException {
    List<byte[]> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(HOST)) {
      for (Path file : files.filter(MalformedTextTest::isProcFile).sorted().toList()) {
        texts.add(Files.readAllBytes(file));
      }
    }
    return texts;
  }

  private static boolean isProcFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && (file.startsWith(HOST.resolve("proc/16948")) || file.endsWith("proc/stat"));
  }
}
