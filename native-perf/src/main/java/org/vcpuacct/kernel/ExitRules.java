package org.vcpuacct.kernel;

import java.nio.ByteBuffer;

/**
 * The class of each raw exit code, for the ledger in the kernel: {@code struct exit_rule} of
 * ledger.bpf.c for each code.
 */
public final class ExitRules {

  /** Codes from 0 up to this have a rule; all others are of the default class. */
  public static final int MAX_CODE = 2048;

  /** How many conditions one code may have. */
  public static final int MAX_CONDITIONS = 2;

  /** Exit classes are numbered from 1 up to, but not including, this. */
  public static final int MAX_CLASS = 22;

  private static final int RULE_BYTES = 1 + 2 * MAX_CONDITIONS;

  private final byte[] rules = new byte[MAX_CODE * RULE_BYTES];
  private final int defaultClass;

  /**
   * Rules by which every code is of one class.
   *
   * @param defaultClass number of the class of a code that has no rule
   */
  public ExitRules(int defaultClass) {
    this.defaultClass = requireClass(defaultClass);
    for (int code = 0; code < MAX_CODE; code++) {
      set(code, defaultClass);
    }
  }

  /**
   * Sets the class of a code where no condition holds.
   *
   * @throws IllegalArgumentException if there is no such code or class
   */
  public void set(int code, int exitClass) {
    rules[ruleOf(code)] = (byte) requireClass(exitClass);
  }

  /**
   * Adds a condition under which a code is of another class; the first one added that holds
   * decides.
   *
   * @throws IllegalArgumentException if there is no such code or class
   * @throws IllegalStateException if the code has {@link #MAX_CONDITIONS} already
   */
  public void add(int code, ExitCondition condition, int exitClass) {
    int at = ruleOf(code) + 1;
    int end = at + 2 * MAX_CONDITIONS;
    while (at < end && rules[at] != 0) {
      at += 2;
    }
    if (at == end) {
      throw new IllegalStateException("exit code " + code + " has too many conditions");
    }
    rules[at] = (byte) condition.number();
    rules[at + 1] = (byte) requireClass(exitClass);
  }

  /** Number of the class of a code that has no rule. */
  int defaultClass() {
    return defaultClass;
  }

  static int sizeBytes() {
    return MAX_CODE * RULE_BYTES;
  }

  void writeTo(ByteBuffer settings) {
    settings.put(rules);
  }

  private static int ruleOf(int code) {
    if (code < 0 || code >= MAX_CODE) {
      throw new IllegalArgumentException("exit code " + code);
    }
    return code * RULE_BYTES;
  }

  private static int requireClass(int exitClass) {
    if (exitClass < 1 || exitClass >= MAX_CLASS) {
      throw new IllegalArgumentException("exit class " + exitClass);
    }
    return exitClass;
  }
}
