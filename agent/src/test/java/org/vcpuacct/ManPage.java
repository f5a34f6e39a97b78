package org.vcpuacct;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lists of a manual page in mdoc(7), by section and item. */
final class ManPage {

  /** Where the pages are, seen from the module. */
  static final Path FOLDER = Path.of("../packaging/man");

  private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

  private ManPage(List<String> lines) {
    String section = "";
    String item = "";
    for (String line : lines) {
      if (line.startsWith(".Sh ") || line.startsWith(".Ss ")) {
        section = line.substring(".Sh ".length());
        item = "";
      } else if (line.startsWith(".It ")) {
        item = line.substring(".It ".length());
        sections.computeIfAbsent(section, key -> new LinkedHashMap<>()).put(item, "");
      } else if (line.equals(".El")) {
        item = "";
      } else if (!item.isEmpty()) {
        sections.get(section).merge(item, line + "\n", String::concat);
      }
    }
  }

  /** The page of a file's name. */
  static ManPage read(String file) throws IOException {
    return new ManPage(
        Files.readAllLines(FOLDER.resolve(file)).stream()
            .map(line -> line.replace("\\(dq", "\""))
            .toList());
  }

  /** Sections, or subsections, that have a list, in their order. */
  Set<String> sections() {
    return Collections.unmodifiableSet(sections.keySet());
  }

  /** The items of a section, with mdoc's macros, in their order, and what stands below each. */
  Map<String, String> items(String section) {
    return sections.getOrDefault(section, Map.of());
  }
}
