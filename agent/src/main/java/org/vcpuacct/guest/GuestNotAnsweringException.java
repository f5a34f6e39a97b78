package org.vcpuacct.guest;

/** Nothing came within the time-out, or there was nobody to ask. */
public final class GuestNotAnsweringException extends GuestLoadException {

  private static final long serialVersionUID = 1L;

  GuestNotAnsweringException(String message) {
    super(GuestState.NOT_ANSWERING, message);
  }
}
