package org.vcpuacct.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UnixSocketsTest {

  /** As Linux prints it; a listener, two that wait, one accepted, and others beside them. */
  private static final String TEXT =
      """
      Num       RefCount Protocol Flags    Type St Inode Path
      00000000de4bb126: 00000002 00000000 00010000 0001 01 4025432 /run/qga sock
      0000000039a7e9bb: 00000003 00000000 00000000 0001 02     0 /run/qga sock
      00000000a97b7e61: 00000003 00000000 00000000 0001 02     0 /run/qga sock
      00000000a97b7e62: 00000003 00000000 00000000 0001 03 4025433 /run/qga sock
      00000000a97b7e63: 00000003 00000000 00000000 0001 03 4025434 /other/run/qga sock
      00000000a97b7e64: 00000003 00000000 00000000 0001 03 4025435
      """;

  @Test
  void countsTheConnectionsToOneSocket() {
    assertThat(parse(TEXT, "/run/qga sock")).isEqualTo(new UnixSockets(2, 1));
  }

  @Test
  void hasNoneOfASocketThatIsNotThere() {
    assertThat(parse(TEXT, "sock")).isEqualTo(new UnixSockets(0, 0));
    assertThat(parse("", "/run/qga sock")).isEqualTo(new UnixSockets(0, 0));
  }

  private static UnixSockets parse(String text, String path) {
    return UnixSockets.parse(text.getBytes(StandardCharsets.UTF_8), path);
  }
}
