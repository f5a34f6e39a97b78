package org.vcpuacct.cli;

/** What was asked of the past is not held. The message says what is, in a sentence. */
public final class HistoryException extends Exception {

  private static final long serialVersionUID = 1L;

  HistoryException(String problem) {
    super(problem);
  }
}
