package org.vcpuacct.it;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * What tells why a test failed: the words of everything that runs beside it, and of what has ended
 * since the test began.
 */
final class Evidence {

  private static final Map<Object, Supplier<String>> WITNESSES = new ConcurrentHashMap<>();
  private static final Collection<String> LAST_WORDS = new ConcurrentLinkedQueue<>();

  private Evidence() {}

  /**
   * From now on a failure shows what this has to say.
   *
   * @param witness its text is the title
   */
  static void from(Object witness, Supplier<String> words) {
    WITNESSES.put(witness, words);
  }

  /** It ends, and has said what it had to say. */
  static void lastFrom(Object witness) {
    Supplier<String> words = WITNESSES.remove(witness);
    if (words != null) {
      LAST_WORDS.add(titled(witness, words));
    }
  }

  /** Another test begins: what has ended has no part in it. */
  static void forgetWhatEnded() {
    LAST_WORDS.clear();
  }

  /** Everything said so far. */
  static String gather() {
    StringBuilder text = new StringBuilder();
    LAST_WORDS.forEach(text::append);
    WITNESSES.forEach((witness, words) -> text.append(titled(witness, words)));
    return text.toString();
  }

  private static String titled(Object witness, Supplier<String> words) {
    return "---- " + witness + "\n" + words.get() + "\n";
  }
}
