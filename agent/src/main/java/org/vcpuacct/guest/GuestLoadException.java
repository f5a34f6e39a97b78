package org.vcpuacct.guest;

/** A guest's load could not be had. The message says why and what would mend it. */
public abstract sealed class GuestLoadException extends Exception
    permits GuestNotAnsweringException, GuestRefusedException {

  private static final long serialVersionUID = 1L;
  private static final int MAX_MESSAGE_CHARACTERS = 255;

  private final GuestState state;

  GuestLoadException(GuestState state, String message) {
    super(printable(message));
    this.state = state;
  }

  /** What this makes of the guest's state. */
  public final GuestState state() {
    return state;
  }

  /** A guest's words may be in it: no control characters, and not too many of them. */
  private static String printable(String message) {
    String shown = message.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    int characters = shown.codePointCount(0, shown.length());
    return characters <= MAX_MESSAGE_CHARACTERS
        ? shown
        : shown.substring(0, shown.offsetByCodePoints(0, MAX_MESSAGE_CHARACTERS));
  }
}
