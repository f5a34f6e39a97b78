package org.vcpuacct.export.metrics;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The labels of the constants of a catalogue, encoded once. */
final class LabelSets {

  private LabelSets() {}

  /** One label for each constant. */
  static <E extends Enum<E>> Map<E, Labels> of(
      Class<E> catalogue, String name, Function<E, String> value) {
    return of(catalogue, constant -> Labels.of(name, value.apply(constant)));
  }

  /** Any labels for each constant. */
  static <E extends Enum<E>> Map<E, Labels> of(Class<E> catalogue, Function<E, Labels> labels) {
    Map<E, Labels> sets = new EnumMap<>(catalogue);
    for (E constant : catalogue.getEnumConstants()) {
      sets.put(constant, labels.apply(constant));
    }
    return sets;
  }

  /** The name of a constant as the value of a label. */
  static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
