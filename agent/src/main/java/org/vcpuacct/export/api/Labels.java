package org.vcpuacct.export.api;

import java.util.Locale;

/** What the constants of catalogues without labels of their own are called in JSON. */
final class Labels {

  private Labels() {}

  /** Its name in lower case, with hyphens. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
