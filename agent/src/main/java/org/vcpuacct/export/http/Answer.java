package org.vcpuacct.export.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * What is answered to a request. The server adds the fields that every answer has. One answer may
 * be given to many requests.
 */
public final class Answer {

  private static final int OK = 200;
  private static final String TEXT = "text/plain; charset=utf-8";

  private static final Pattern COMPRESSIBLE =
      Pattern.compile("text/.*|application/(json|javascript|openmetrics-text).*|image/svg\\+xml.*");
  private static final int SMALLEST_TO_COMPRESS_OCTETS = 1024;

  private final int status;
  private final String mediaType;
  private final int length;
  private final Optional<byte[]> plain;
  private byte[] compressed;

  private Answer(int status, String mediaType, byte[] content) {
    this.status = status;
    this.mediaType = mediaType;
    this.length = content.length;
    this.plain = Optional.of(content);
  }

  private Answer(String mediaType, byte[] compressed, int length) {
    this.status = OK;
    this.mediaType = mediaType;
    this.length = length;
    this.plain = Optional.empty();
    this.compressed = compressed;
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

  /**
   * What was asked for, of which only the compressed form is kept: for what is large, and asked for
   * by clients that take gzip.
   *
   * @param mediaType with its parameters
   * @param compressed in the coding gzip (RFC 9110 section 8.4.1.3); not changed by anyone from
   *     here on
   * @param length octets of the content before it was compressed
   */
  public static Answer ofCompressed(String mediaType, byte[] compressed, int length) {
    return new Answer(mediaType, compressed, length);
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

  /** Octets of the content, not compressed. */
  public int length() {
    return length;
  }

  /** The content; not to be changed. Takes its {@link #length} in memory, perhaps anew. */
  public byte[] content() {
    return plain.orElseGet(() -> inflate(compressed, length));
  }

  /** Whether the content is large, and gets much smaller when compressed. */
  boolean isCompressible() {
    return length >= SMALLEST_TO_COMPRESS_OCTETS && COMPRESSIBLE.matcher(mediaType).matches();
  }

  /** The content in the coding gzip (RFC 9110 section 8.4.1.3), made once; not to be changed. */
  synchronized byte[] compressed() {
    if (compressed == null) {
      compressed = compress(content());
    }
    return compressed;
  }

  private static byte[] compress(byte[] content) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(content.length / 8);
    try (OutputStream gzip = new FastGzip(octets)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return octets.toByteArray();
  }

  private static byte[] inflate(byte[] compressed, int length) {
    try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      byte[] content = new byte[length];
      gzip.readNBytes(content, 0, length);
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be read", e);
    }
  }
}
