package org.vcpuacct.cli.top;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Two documents of one daemon, 2 s apart. */
final class Recorded {

  private Recorded() {}

  static byte[] first() {
    return resource("first.json");
  }

  static byte[] second() {
    return resource("second.json");
  }

  static Picture ofLastInterval() {
    return Picture.of(document(first()));
  }

  static Picture ofTwoSeconds() {
    return Picture.between(document(first()), document(second()));
  }

  static Document document(byte[] text) {
    try {
      return DocumentReader.read(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] resource(String name) {
    try (InputStream in = Recorded.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
