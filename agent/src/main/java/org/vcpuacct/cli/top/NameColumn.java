package org.vcpuacct.cli.top;

/** The first column of every view. */
final class NameColumn {

  /** From this width of the screen on there is room for more. */
  static final int WIDE_SCREEN = 100;

  private static final int NARROW = 17;
  private static final int WIDE = 24;

  private NameColumn() {}

  /**
   * The column.
   *
   * @param screenWidth of the screen
   */
  static Column of(int screenWidth) {
    int width = screenWidth < WIDE_SCREEN ? NARROW : WIDE;
    return Column.words("NE, its vCPUs", width, row -> name(row.subject(), width));
  }

  /** The number of a vCPU is seen however long the name of its VM is. */
  private static String name(Picture.Subject subject, int width) {
    if (subject instanceof Picture.Vcpu vcpu) {
      String number = "/" + Text.whole(vcpu.number());
      return "  " + Text.cut(vcpu.vm(), width - 2 - number.length()) + number;
    }
    return subject.name();
  }
}
