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

  static byte[] secondInBrief() {
    return resource("second-brief.json");
  }

  static Picture ofLastInterval() {
    return ofLastInterval(first());
  }

  static Picture ofLastInterval(byte[] text) {
    return Picture.of(document(text, new Catalogue()));
  }

  static Picture ofTwoSeconds() {
    return twoSecondsUntil(secondInBrief());
  }

  /** The figures from the first document to this one. */
  static Picture twoSecondsUntil(byte[] second) {
    Catalogue catalogue = new Catalogue();
    return Picture.between(document(first(), catalogue), document(second, catalogue));
  }

  private static Document document(byte[] text, Catalogue catalogue) {
    try {
      return DocumentReader.read(text, catalogue);
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
