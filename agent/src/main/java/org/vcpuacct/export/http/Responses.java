package org.vcpuacct.export.http;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sends answers. What waits for a slow client is bounded, and no thread waits. */
final class Responses {

  /** A page may load what this server has, and nothing else may load it or embed it. */
  private static final List<HttpField> ON_EVERY_ANSWER =
      List.of(
          new HttpField(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                  + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                  + " frame-ancestors 'none'"),
          new HttpField("X-Content-Type-Options", "nosniff"),
          new HttpField("Referrer-Policy", "no-referrer"),
          new HttpField("Cross-Origin-Resource-Policy", "same-origin"),
          new HttpField("Cross-Origin-Opener-Policy", "same-origin"),
          new HttpField("Cache-Control", "no-store"));

  /** The JDK copies what it writes: a whole answer at a time would be copied again and again. */
  private static final int SLICE_OCTETS = 64 * 1024;

  private final AnswerMemory memory;

  /**
   * @param memoryOctets how much may wait for clients
   */
  Responses(long memoryOctets) {
    this.memory = new AnswerMemory(memoryOctets);
  }

  /** Sends an answer as the client takes it. */
  void send(Answer answer, Request request, Response response, Callback callback) {
    boolean compressible = answer.isCompressible();
    boolean compressed = compressible && takesGzip(request);
    HttpFields.Mutable fields = response.getHeaders();
    if (!take(compressed ? answer.compressed().length : answer.length(), request)) {
      fields.put(HttpHeader.RETRY_AFTER, 1);
      sendLine(HttpStatus.SERVICE_UNAVAILABLE_503, "too much is asked at once", response, callback);
      return;
    }
    if (compressible) {
      fields.put(HttpHeader.VARY, HttpHeader.ACCEPT_ENCODING.asString());
    }
    if (compressed) {
      fields.put(HttpHeader.CONTENT_ENCODING, "gzip");
    }
    fields.put(HttpHeader.CONTENT_TYPE, answer.mediaType());
    byte[] content = compressed ? answer.compressed() : answer.content();
    send(answer.status(), content, request, response, callback);
  }

  private boolean take(int octets, Request request) {
    boolean taken = memory.take(octets);
    if (taken) {
      Request.addCompletionListener(request, failure -> memory.giveBack(octets));
    }
    return taken;
  }

  private static void send(
      int status, byte[] content, Request request, Response response, Callback callback) {
    addFields(response);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
    if (HttpMethod.HEAD.is(request.getMethod())) {
      response.write(true, null, callback);
    } else {
      Content.copy(new ByteBufferContentSource(slices(content)), response, callback);
    }
  }

  /** Sends one line that says why there is nothing else. */
  static void sendLine(int status, String line, Response response, Callback callback) {
    Answer answer = Answer.line(status, line);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.mediaType());
    send(status, answer.content(), response.getRequest(), response, callback);
  }

  private static void addFields(Response response) {
    ON_EVERY_ANSWER.forEach(response.getHeaders()::put);
  }

  private static boolean takesGzip(Request request) {
    List<String> codings = request.getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING);
    return codings.stream().anyMatch(coding -> coding.equalsIgnoreCase("gzip"));
  }

  private static List<ByteBuffer> slices(byte[] content) {
    List<ByteBuffer> slices = new ArrayList<>();
    for (int from = 0; from < content.length; from += SLICE_OCTETS) {
      int octets = Math.min(SLICE_OCTETS, content.length - from);
      slices.add(ByteBuffer.wrap(content, from, octets).asReadOnlyBuffer().slice());
    }
    return slices;
  }
}
