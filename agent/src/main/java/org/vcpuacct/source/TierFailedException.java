package org.vcpuacct.source;

import java.io.IOException;
import org.vcpuacct.host.Limit;

/** A self-test showed that a tier cannot be trusted on this host. */
public final class TierFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient Limit limit;

  /** A failed self-test, and what the operator is told of it. */
  public TierFailedException(Limit limit) {
    super(limit.toString());
    this.limit = limit;
  }

  /** What the operator is told. */
  public Limit limit() {
    return limit;
  }
}
