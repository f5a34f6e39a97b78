package org.vcpuacct.host;

/**
 * Something that this host does not let the daemon read. Each is one line to the operator.
 *
 * @param what what cannot be read, and the kernel's reason
 * @param consequence what is absent because of it
 * @param mend what to change so that it can be read
 */
public record Limit(String what, String consequence, String mend) {

  @Override
  public String toString() {
    return what + ": " + consequence + "; " + mend;
  }
}
