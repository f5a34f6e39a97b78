package org.vcpuacct.host;

import java.nio.charset.StandardCharsets;

/** Text for parsers of bytes. */
final class Text {

  private Text() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
