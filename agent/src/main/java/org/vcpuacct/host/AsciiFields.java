package org.vcpuacct.host;

/**
 * Walks over the fields of one line of a /proc file, which single spaces or tabs separate. Makes no
 * objects: this is read for every vCPU at every step.
 */
final class AsciiFields {

  private final String file;
  private final byte[] text;
  private final int length;
  private int position;

  /**
   * @param file the kind of file, for error messages
   * @param text the file's content
   * @param position where the first field starts
   * @param length number of bytes of {@code text} that count
   */
  AsciiFields(String file, byte[] text, int position, int length) {
    this.file = file;
    this.text = text;
    this.position = position;
    this.length = Math.min(length, text.length);
  }

  /** The next field, a decimal number that fits a long. */
  long nextLong(String field) throws MalformedProcFileException {
    skipSeparators();
    boolean negative = position < length && text[position] == '-';
    if (negative) {
      position++;
    }
    int start = position;
    long value = 0;
    while (position < length && isDigit(text[position])) {
      int digit = text[position++] - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        throw malformed("too large a number for " + field);
      }
      value = value * 10 + digit;
    }
    if (position == start || !atFieldEnd()) {
      throw malformed("no number for " + field);
    }
    return negative ? -value : value;
  }

  /** The next field, a decimal number that fits an int. */
  int nextInt(String field) throws MalformedProcFileException {
    long value = nextLong(field);
    if ((int) value != value) {
      throw malformed("too large a number for " + field);
    }
    return (int) value;
  }

  /** The next field, a decimal number from 0. */
  long nextCount(String field) throws MalformedProcFileException {
    long value = nextLong(field);
    if (value < 0) {
      throw malformed("negative number for " + field);
    }
    return value;
  }

  /** The next field, one character long. */
  char nextChar(String field) throws MalformedProcFileException {
    skipSeparators();
    if (position >= length || text[position] <= ' ') {
      throw malformed("no character for " + field);
    }
    char value = (char) text[position++];
    if (!atFieldEnd()) {
      throw malformed("no single character for " + field);
    }
    return value;
  }

  /** Passes over fields, whatever is in them. */
  void skip(int fields) {
    for (int i = 0; i < fields; i++) {
      skipSeparators();
      while (!atFieldEnd()) {
        position++;
      }
    }
  }

  /** Whether the line has another field. */
  boolean hasNext() {
    skipSeparators();
    return position < length && text[position] != '\n';
  }

  MalformedProcFileException malformed(String problem) {
    return new MalformedProcFileException(file, problem, text, length);
  }

  private void skipSeparators() {
    while (position < length && isSeparator(text[position])) {
      position++;
    }
  }

  private boolean atFieldEnd() {
    return position >= length || isSeparator(text[position]) || text[position] == '\n';
  }

  private static boolean isSeparator(byte character) {
    return character == ' ' || character == '\t';
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }
}
