package org.vcpuacct.config;

/** Reads the name of a group of users. */
final class GroupName {

  private GroupName() {}

  /**
   * The name that a text is.
   *
   * @throws IllegalArgumentException if it is blank
   */
  static String parse(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("write the name of a group");
    }
    return text;
  }
}
