package org.vcpuacct.cli.top;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Labels, each with a place of its own, in the order in which they became known. It only grows. */
final class Labels {

  private final List<String> byPlace = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();

  /** The place of a label, from 0: the next one if it was not known. */
  int add(String label) {
    Integer known = places.putIfAbsent(label, byPlace.size());
    if (known != null) {
      return known;
    }
    byPlace.add(label);
    return byPlace.size() - 1;
  }

  /** The place of a label; empty if it is not known. */
  OptionalInt find(String label) {
    Integer place = places.get(label);
    return place == null ? OptionalInt.empty() : OptionalInt.of(place);
  }

  /** The labels, each at its place. */
  List<String> all() {
    return Collections.unmodifiableList(byPlace);
  }

  int size() {
    return byPlace.size();
  }
}
