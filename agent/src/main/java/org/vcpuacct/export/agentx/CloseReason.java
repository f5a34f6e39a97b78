package org.vcpuacct.export.agentx;

import java.util.Arrays;

/** Why a session is closed (RFC 2741 section 6.2.2, c.reason). */
enum CloseReason {
  OTHER(1, "other"),
  PARSE_ERROR(2, "parseError"),
  PROTOCOL_ERROR(3, "protocolError"),
  TIMEOUTS(4, "timeouts"),
  SHUTDOWN(5, "shutdown"),
  BY_MANAGER(6, "byManager");

  private final int code;
  private final String label;

  CloseReason(int code, String label) {
    this.code = code;
    this.label = label;
  }

  int code() {
    return code;
  }

  /** The RFC's name of a reason. */
  static String describe(int code) {
    return Arrays.stream(values())
        .filter(reason -> reason.code == code)
        .map(reason -> reason.label)
        .findFirst()
        .orElse("reason " + code);
  }
}
