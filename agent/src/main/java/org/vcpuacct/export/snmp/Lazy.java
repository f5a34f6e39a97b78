package org.vcpuacct.export.snmp;

import java.util.function.Supplier;

/** A value that is made when it is first asked for, once, by whichever thread asks. */
final class Lazy<T> {

  private final Supplier<T> maker;
  private volatile T value;

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  T get() {
    T made = value;
    return made != null ? made : make();
  }

  private synchronized T make() {
    if (value == null) {
      value = maker.get();
    }
    return value;
  }
}
