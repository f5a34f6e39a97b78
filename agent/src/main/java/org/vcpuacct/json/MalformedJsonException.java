package org.vcpuacct.json;

import java.io.IOException;

/** A text is not the JSON that was asked for. The message says why, and repeats nothing of it. */
public final class MalformedJsonException extends IOException {

  private static final long serialVersionUID = 1L;

  public MalformedJsonException(String problem) {
    super(problem);
  }
}
