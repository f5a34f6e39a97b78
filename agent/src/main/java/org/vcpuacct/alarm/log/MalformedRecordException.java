package org.vcpuacct.alarm.log;

import java.io.IOException;

/** The octets of a record are whole, but this version cannot make a notification of them. */
final class MalformedRecordException extends IOException {

  private static final long serialVersionUID = 1L;

  MalformedRecordException(String problem) {
    super(problem);
  }
}
