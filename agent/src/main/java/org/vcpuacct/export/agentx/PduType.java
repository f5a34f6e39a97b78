package org.vcpuacct.export.agentx;

import java.util.Arrays;
import java.util.Optional;

/** The PDUs that pass between this subagent and its master (RFC 2741 section 6.1, h.type). */
enum PduType {
  OPEN(1),
  CLOSE(2),
  REGISTER(3),
  UNREGISTER(4),
  GET(5),
  GET_NEXT(6),
  GET_BULK(7),
  TEST_SET(8),
  COMMIT_SET(9),
  UNDO_SET(10),
  CLEANUP_SET(11),
  NOTIFY(12),
  PING(13),
  RESPONSE(18);

  private final int code;

  PduType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** The type with this code; empty if none of these has it. */
  static Optional<PduType> of(int code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }
}
