package org.vcpuacct.export.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * What is answered to a request. The server adds the fields that every answer has. One answer may
 * be given to many requests.
 */
public final class Answer {

  private static final int OK = 200;
  private static final String TEXT = "text/plain; charset=utf-8";

  private static final Pattern COMPRESSIBLE =
      Pattern.compile("text/.*|application/(json|javascript|openmetrics-text).*|image/svg\\+xml.*");

  private final int status;
  private final String mediaType;
  private final byte[] content;
  private byte[] compressed;

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

  /** The content; not to be changed. */
  public byte[] content() {
    return content;
  }

  /** Whether the content gets much smaller when compressed. */
  boolean isCompressible() {
    return COMPRESSIBLE.matcher(mediaType).matches();
  }

  /** The content in the coding gzip (RFC 9110 section 8.4.1.3), made once; not to be changed. */
  synchronized byte[] compressed() {
    if (compressed == null) {
      compressed = compress(content);
    }
    return compressed;
  }

  private static byte[] compress(byte[] content) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(content.length / 8);
    try (GZIPOutputStream gzip = new FastGzip(octets)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return octets.toByteArray();
  }

  /** What is sent over loopback is worth little work. */
  private static final class FastGzip extends GZIPOutputStream {

    FastGzip(ByteArrayOutputStream octets) throws IOException {
      super(octets);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
