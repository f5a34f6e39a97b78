package org.vcpuacct.overload.feed;

import java.io.IOException;

/** The feed cannot be set up. The message says why and what to change. */
public final class FeedException extends IOException {

  private static final long serialVersionUID = 1L;

  FeedException(String problem, IOException cause) {
    super("the feed of the load-shedding input: " + problem, cause);
  }

  FeedException(String problem) {
    this(problem, null);
  }
}
