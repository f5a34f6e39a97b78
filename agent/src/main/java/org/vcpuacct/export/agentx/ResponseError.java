package org.vcpuacct.export.agentx;

import java.util.Arrays;

/** What a Response can say beside SNMP's own error-status (RFC 2741 section 6.2.16, res.error). */
enum ResponseError {
  OPEN_FAILED(256, "openFailed", "see the master's log"),
  NOT_OPEN(257, "notOpen", "the session is opened again"),
  UNSUPPORTED_CONTEXT(262, "unsupportedContext", "use a master that knows contexts, as snmpd"),
  DUPLICATE_REGISTRATION(
      263, "duplicateRegistration", "end the other subagent, or module of the master, that has it"),
  UNKNOWN_REGISTRATION(264, "unknownRegistration", "it is gone already"),
  PARSE_ERROR(266, "parseError", "see the master's log"),
  REQUEST_DENIED(267, "requestDenied", "allow it in the master's configuration"),
  PROCESSING_ERROR(268, "processingError", "see the master's log");

  /** No error. */
  static final int NONE = 0;

  private final int code;
  private final String label;
  private final String mend;

  ResponseError(int code, String label, String mend) {
    this.code = code;
    this.label = label;
    this.mend = mend;
  }

  int code() {
    return code;
  }

  /** The RFC's name of an error, and what can be done about it. */
  static String describe(int code) {
    return Arrays.stream(values())
        .filter(error -> error.code == code)
        .map(error -> error.label + " (" + error.mend + ")")
        .findFirst()
        .orElse("error " + code);
  }
}
