package org.vcpuacct.cli.top;

/**
 * A key that was pressed. Immutable.
 *
 * @param name which
 * @param character what {@link Name#CHARACTER} stands for; 0 for all others
 */
record Key(Name name, char character) {

  /** The keys that are told apart. */
  enum Name {
    CHARACTER,
    UP,
    DOWN,
    LEFT,
    RIGHT,
    PAGE_UP,
    PAGE_DOWN,
    HOME,
    END,
    ENTER,
    TAB,
    BACKSPACE,
    ESCAPE,
    /** A sequence that stands for no key known here. */
    UNKNOWN
  }

  static Key of(Name name) {
    return new Key(name, '\0');
  }

  static Key of(char character) {
    return new Key(Name.CHARACTER, character);
  }

  boolean is(char wanted) {
    return name == Name.CHARACTER && character == wanted;
  }
}
