package org.vcpuacct.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.vcpuacct.json.Json;
import org.vcpuacct.json.MalformedJsonException;

/** Reads what the daemon answered. */
final class DaemonAnswer {

  private static final Pattern HEAD =
      Pattern.compile("HTTP/1\\.1 (\\d{3})[^\r\n]*\r\n((?:[^\r\n]+\r\n)*)\r\n");

  private static final Pattern CONTENT_LENGTH =
      Pattern.compile("(?im)^Content-Length:[ \t]*(\\d{1,9})[ \t]*$");

  private static final Pattern GZIP = Pattern.compile("(?im)^Content-Encoding:[ \t]*gzip[ \t]*$");

  private static final int MAX_HEAD_OCTETS = 8 * 1024;
  private static final String OK = "200";

  private DaemonAnswer() {}

  /**
   * The content of a response of HTTP/1.1 after which the connection was closed.
   *
   * @param socket where it came from
   * @throws DaemonException if it is none, is not whole, or says why there is no content
   */
  static byte[] content(byte[] response, Path socket) throws DaemonException {
    int headOctets = Math.min(response.length, MAX_HEAD_OCTETS);
    Matcher head = HEAD.matcher(new String(response, 0, headOctets, ISO_8859_1));
    if (!head.lookingAt()) {
      throw new DaemonException("what listens on " + socket + " is not the daemon");
    }
    Matcher length = CONTENT_LENGTH.matcher(head.group(2));
    byte[] sent = Arrays.copyOfRange(response, head.end(), response.length);
    if (!length.find() || Integer.parseInt(length.group(1)) != sent.length) {
      throw new DaemonException("the daemon broke off its answer on " + socket);
    }
    byte[] content = GZIP.matcher(head.group(2)).find() ? inflate(sent, socket) : sent;
    if (!head.group(1).equals(OK)) {
      throw new DaemonException("the daemon answers: " + reason(content));
    }
    return content;
  }

  private static byte[] inflate(byte[] content, Path socket) throws DaemonException {
    try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(content))) {
      byte[] inflated = gzip.readNBytes(DaemonClient.MAX_ANSWER_OCTETS);
      if (gzip.read() >= 0) {
        throw new DaemonException("what listens on " + socket + " answers without end");
      }
      return inflated;
    } catch (DaemonException e) {
      throw e;
    } catch (IOException e) {
      throw new DaemonException("what listens on " + socket + " is not the daemon", e);
    }
  }

  /** Its sentence: of JSON the member {@code error}, else the text. */
  private static String reason(byte[] content) {
    String text = new String(content, UTF_8).strip();
    try {
      return Json.parse(content).string("error").orElse(text);
    } catch (MalformedJsonException e) {
      return text;
    }
  }
}
