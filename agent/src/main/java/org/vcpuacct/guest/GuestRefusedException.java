package org.vcpuacct.guest;

/** Somebody said no, or what was said is no answer. */
public non-sealed class GuestRefusedException extends GuestLoadException {

  private static final long serialVersionUID = 1L;

  GuestRefusedException(String message) {
    super(GuestState.REFUSED, message);
  }
}
