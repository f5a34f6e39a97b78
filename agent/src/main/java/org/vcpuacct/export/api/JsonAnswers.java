package org.vcpuacct.export.api;

import org.vcpuacct.export.http.Answer;
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
   * Why there is nothing else: an object with one sentence, {@code error}.
   *
   * @param status of RFC 9110 section 15
   */
  public static Answer error(int status, String sentence) {
    return Answer.of(status, MEDIA_TYPE, JsonWriter.object(json -> json.put("error", sentence)));
  }
}
