package org.vcpuacct.cli.top;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.vcpuacct.export.http.Answer;
import org.vcpuacct.export.http.HttpServer;
import org.vcpuacct.export.http.HttpSettings;
import org.vcpuacct.export.http.Query;
import org.vcpuacct.export.http.Resource;

/**
 * Serves the recorded documents as the daemon does: the first once, then the second; that in brief
 * to who asks for it.
 */
final class ServedDocuments implements Resource {

  private final AtomicInteger asked = new AtomicInteger();

  static HttpServer on(Path socket) throws IOException {
    return HttpServer.start(
        new HttpSettings(Optional.empty(), socket, Optional.empty()),
        List.of(new ServedDocuments()));
  }

  @Override
  public String path() {
    return "/api/v1/snapshot";
  }

  @Override
  public Set<String> parameters() {
    return Set.of("ne", "detail");
  }

  @Override
  public Answer answer(Query query) {
    if (query.parameter("ne").isPresent()) {
      return Answer.of(
          404, "application/json", "{\"error\":\"there is no such NE\"}".getBytes(UTF_8));
    }
    boolean brief = query.parameter("detail").equals(Optional.of("brief"));
    return Answer.of("application/json", document(brief));
  }

  private byte[] document(boolean brief) {
    if (asked.getAndIncrement() == 0) {
      return Recorded.first();
    }
    return brief ? Recorded.secondInBrief() : Recorded.second();
  }
}
