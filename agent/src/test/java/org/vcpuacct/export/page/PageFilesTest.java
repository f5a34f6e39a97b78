package org.vcpuacct.export.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.vcpuacct.export.http.Query;
import org.vcpuacct.export.http.Resource;

class PageFilesTest {

  private static final Pattern REFERENCE = Pattern.compile("(?:src|href|from) ?=? ?\"([^\"#]+)\"");

  private static final Set<String> SERVED_BY_OTHERS = Set.of("metrics", "api/v1/snapshot");

  private final Map<String, Resource> files =
      PageFiles.all().stream().collect(Collectors.toMap(Resource::path, Function.identity()));

  private String text(String path) {
    return new String(files.get(path).answer(Query.PLAIN).content(), UTF_8);
  }

  /** Where a file points to, as paths from the root. */
  private Set<String> references(String path) {
    return REFERENCE
        .matcher(text(path))
        .results()
        .map(found -> found.group(1))
        .filter(name -> !SERVED_BY_OTHERS.contains(name))
        .map(name -> "/" + name.replaceFirst("^\\./", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyFileIsReachedFromThePageAndNothingElseIs() {
    Set<String> reached = new TreeSet<>(Set.of("/"));
    Set<String> next = reached;
    while (!next.isEmpty()) {
      next =
          next.stream()
              .flatMap(path -> references(path).stream())
              .filter(path -> !reached.contains(path))
              .collect(Collectors.toCollection(TreeSet::new));
      reached.addAll(next);
    }

    assertThat(reached).isEqualTo(files.keySet());
  }

  @Test
  void nothingComesFromElsewhere() {
    for (String path : files.keySet()) {
      assertThat(text(path).replace("http://www.w3.org/2000/svg", ""))
          .as(path)
          .doesNotContainPattern("(src|href|url|import)[=( ]*[\"']?(https?:)?//");
    }
  }

  @Test
  void thePolicyOfThePageNeedsNoExceptions() {
    assertThat(text("/"))
        .doesNotContain("<style")
        .doesNotContain("style=")
        .doesNotContainPattern("\\son\\w+=")
        .doesNotContainPattern("<script(?![^>]*src=)");
  }
}
