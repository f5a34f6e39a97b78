package org.vcpuacct.export.api;

import org.vcpuacct.export.http.Answer;

/** A request that cannot be answered, and what is answered instead. */
final class BadQueryException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Answer answer;

  BadQueryException(Answer answer) {
    this.answer = answer;
  }

  Answer answer() {
    return answer;
  }
}
