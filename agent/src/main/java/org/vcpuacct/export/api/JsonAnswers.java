package org.vcpuacct.export.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.vcpuacct.export.http.Answer;
import org.vcpuacct.export.http.FastGzip;
import org.vcpuacct.json.JsonWriter;

/** Answers in JSON. */
public final class JsonAnswers {

  private static final String MEDIA_TYPE = "application/json";

  private JsonAnswers() {}

  /**
   * What was asked for.
   *
   * @param document JSON in UTF-8
   */
  public static Answer of(byte[] document) {
    return Answer.of(MEDIA_TYPE, document);
  }

  /**
   * What was asked for, which may be large: compressed while it is written.
   *
   * @param members writes those of the document
   */
  public static Answer of(Consumer<JsonWriter> members) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (FastGzip gzip = new FastGzip(compressed)) {
      JsonWriter.object(gzip, members);
      gzip.finish();
      int length = Math.toIntExact(gzip.octetsIn());
      return Answer.ofCompressed(MEDIA_TYPE, compressed.toByteArray(), length);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
  }

  /**
   * Why there is nothing else: an object with one sentence, {@code error}.
   *
   * @param status of RFC 9110 section 15
   */
  public static Answer error(int status, String sentence) {
    return Answer.of(status, MEDIA_TYPE, JsonWriter.object(json -> json.put("error", sentence)));
  }
}
