package org.vcpuacct.export.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Labels of a series, encoded once for all its families. Immutable. */
final class Labels {

  /** No labels. */
  static final Labels NONE = new Labels("");

  private final String text;
  private final byte[] octets;

  private Labels(String text) {
    this.text = text;
    this.octets = text.getBytes(UTF_8);
  }

  /** One label. */
  static Labels of(String name, String value) {
    return NONE.and(name, value);
  }

  /** These and one more. */
  Labels and(String name, String value) {
    String separator = text.isEmpty() ? "" : ",";
    return new Labels(text + separator + name + "=\"" + escape(value) + "\"");
  }

  /** These and others. */
  Labels and(Labels more) {
    return new Labels(
        text.isEmpty() || more.text.isEmpty() ? text + more.text : text + "," + more.text);
  }

  /** As both formats write them between braces; not to be changed. */
  byte[] octets() {
    return octets;
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
