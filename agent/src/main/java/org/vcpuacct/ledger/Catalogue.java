package org.vcpuacct.ledger;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Finds a constant by the permanent number under which it was written down. */
public final class Catalogue {

  private Catalogue() {}

  /** The constant of that number; empty if none has it, as that of a later version. */
  public static <T> Optional<T> find(T[] constants, ToIntFunction<T> number, int wanted) {
    return Arrays.stream(constants)
        .filter(constant -> number.applyAsInt(constant) == wanted)
        .findFirst();
  }
}
