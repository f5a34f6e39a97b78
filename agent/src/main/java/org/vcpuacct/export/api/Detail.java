package org.vcpuacct.export.api;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Optional;

/** How much of a snapshot is written. */
public enum Detail {

  /** All that is known. */
  FULL,

  /** The counters, by their place in the catalogues, and whose they are: for who asks often. */
  BRIEF;

  /** As a request has it. */
  String label() {
    return Labels.of(this);
  }

  /** The one of this label; empty if there is none. */
  static Optional<Detail> of(String label) {
    return Arrays.stream(values()).filter(detail -> detail.label().equals(label)).findFirst();
  }

  /** All labels, in words. */
  static String labels() {
    return Arrays.stream(values()).map(Detail::label).collect(joining(" or "));
  }
}
