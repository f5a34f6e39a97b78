package org.vcpuacct.export.http;

import java.util.Set;

/** Something that is served under one path. Several threads may ask it at once. */
public interface Resource {

  /** Its path, from the root: {@code /metrics}. */
  String path();

  /** The query parameters that it knows; a request with another one never gets to it. */
  default Set<String> parameters() {
    return Set.of();
  }

  /**
   * The answer to a request. One of which only the head was asked is made as any other.
   *
   * <p>What is thrown here is logged and answered with status 500.
   */
  Answer answer(Query query);
}
