package org.vcpuacct.export.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** What is answered to a request. The server adds the fields that every answer has. */
public final class Answer {

  private static final int OK = 200;
  private static final String TEXT = "text/plain; charset=utf-8";

  private final int status;
  private final String mediaType;
  private final byte[] content;

  private Answer(int status, String mediaType, byte[] content) {
    this.status = status;
    this.mediaType = mediaType;
    this.content = content;
  }

  /**
   * What was asked for.
   *
   * @param mediaType with its parameters: {@code text/plain; charset=utf-8}
   * @param content not changed by anyone from here on
   */
  public static Answer of(String mediaType, byte[] content) {
    return new Answer(OK, mediaType, content);
  }

  /** The same with another status (RFC 9110 section 15). */
  public static Answer of(int status, String mediaType, byte[] content) {
    return new Answer(status, mediaType, content);
  }

  /** One line that says why there is nothing else. */
  public static Answer line(int status, String line) {
    return new Answer(status, TEXT, (line + "\n").getBytes(UTF_8));
  }

  /** The status code (RFC 9110 section 15). */
  public int status() {
    return status;
  }

  /** The media type with its parameters. */
  public String mediaType() {
    return mediaType;
  }

  /** The content, to be read once; each call gives its own. */
  public ByteBuffer content() {
    return ByteBuffer.wrap(content).asReadOnlyBuffer();
  }
}
