package org.vcpuacct.export.http;

import java.io.IOException;

/** The server cannot listen. The message says where, why, and what to change. */
public final class HttpServerException extends IOException {

  private static final long serialVersionUID = 1L;

  HttpServerException(String problem, Throwable cause) {
    super("cannot serve HTTP " + problem, cause);
  }

  HttpServerException(String problem) {
    this(problem, null);
  }
}
