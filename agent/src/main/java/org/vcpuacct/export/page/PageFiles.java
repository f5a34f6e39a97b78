package org.vcpuacct.export.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.vcpuacct.export.http.Answer;
import org.vcpuacct.export.http.Query;
import org.vcpuacct.export.http.Resource;

/** The files of the page. To add one, put it into the folder and name it here. */
public final class PageFiles {

  private static final String FOLDER = "/page/";

  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
  private static final String SVG = "image/svg+xml";

  /** A file whose content never changes while the daemon runs. */
  private record PageFile(String path, Answer whole) implements Resource {

    @Override
    public Answer answer(Query query) {
      return whole;
    }
  }

  private PageFiles() {}

  /** All of them. */
  public static List<Resource> all() {
    return List.of(
        file("/", HTML, "index.html"),
        style("page.css"),
        file("/icon.svg", SVG, "icon.svg"),
        script("main.js"),
        script("api.js"),
        script("charts.js"),
        script("dom.js"),
        script("format.js"),
        script("ne.js"),
        script("overview.js"),
        script("palette.js"),
        script("uPlot.iife.min.js"),
        style("uPlot.min.css"));
  }

  private static Resource script(String name) {
    return file("/" + name, JAVASCRIPT, name);
  }

  private static Resource style(String name) {
    return file("/" + name, CSS, name);
  }

  private static Resource file(String path, String mediaType, String name) {
    try (InputStream content = PageFiles.class.getResourceAsStream(FOLDER + name)) {
      if (content == null) {
        throw new IllegalStateException("the program lacks its file " + FOLDER + name);
      }
      return new PageFile(path, Answer.of(mediaType, content.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
