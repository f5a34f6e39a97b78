package org.vcpuacct.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** What there is to type in the documents of the project: Markdown, and the manual's examples. */
final class Documents {

  private static final int MOST_FOLDERS = 3;
  private static final List<String> NOT_OURS = List.of("target", ".git", "packages");
  private static final String MANUAL = "packaging/man";

  /** The line of mdoc(7) that displays a command. */
  private static final String DISPLAY = ".Dl ";

  private static final Parser PARSER =
      Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES).build();

  /** Code within a sentence. */
  record Span(String document, int line, String text) {}

  /** A link to a file of the project. */
  record Link(String document, int line, Path target) {}

  private final List<DocumentedBlock> blocks = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  private Documents() {}

  /** Reads them all. */
  static Documents read() {
    Documents documents = new Documents();
    for (Path file : filesBelow(Project.ROOT, ".md")) {
      documents.addMarkdown(file);
    }
    for (Path file : filesBelow(Project.ROOT.resolve(MANUAL), "")) {
      documents.addManual(file);
    }
    return documents;
  }

  /** All blocks of code, by document and line. */
  List<DocumentedBlock> blocks() {
    return Collections.unmodifiableList(blocks);
  }

  /** All code within sentences. */
  List<Span> spans() {
    return Collections.unmodifiableList(spans);
  }

  /** All links to files of the project. */
  List<Link> links() {
    return Collections.unmodifiableList(links);
  }

  /** The blocks whose commands are run in a place. */
  List<DocumentedBlock> blocksIn(String place) {
    return blocks.stream().filter(block -> block.place().equals(place)).toList();
  }

  private static List<Path> filesBelow(Path folder, String ending) {
    try (Stream<Path> files =
        Files.find(folder, MOST_FOLDERS, (file, attributes) -> attributes.isRegularFile())) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .filter(Documents::isOurs)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOurs(Path file) {
    for (Path name : Project.ROOT.relativize(file)) {
      if (NOT_OURS.contains(name.toString())) {
        return false;
      }
    }
    return true;
  }

  /** What is in a file. */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    return Project.ROOT.relativize(file).toString();
  }

  private void addManual(Path file) {
    List<String> lines = text(file).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(DISPLAY)) {
        List<String> command = List.of(lines.get(i).substring(DISPLAY.length()));
        blocks.add(
            new DocumentedBlock(name(file), i + 1, DocumentedBlock.COMMANDS, "host", command));
      }
    }
  }

  private void addMarkdown(Path file) {
    PARSER.parse(text(file)).accept(new Collector(name(file)));
  }

  private final class Collector extends AbstractVisitor {

    private final String document;

    Collector(String document) {
      this.document = document;
    }

    private void add(Node node, String info, String literal) {
      List<String> words = Arrays.asList(info.split(" +", 2));
      String place = words.size() > 1 ? words.get(1) : "";
      blocks.add(
          new DocumentedBlock(document, line(node), words.get(0), place, literal.lines().toList()));
    }

    private int line(Node node) {
      return node.getSourceSpans().get(0).getLineIndex() + 1;
    }

    @Override
    public void visit(FencedCodeBlock block) {
      add(block, block.getInfo(), block.getLiteral());
    }

    @Override
    public void visit(IndentedCodeBlock block) {
      add(block, "", block.getLiteral());
    }

    @Override
    public void visit(org.commonmark.node.Link link) {
      addLink(link, link.getDestination());
      visitChildren(link);
    }

    @Override
    public void visit(Image image) {
      addLink(image, image.getDestination());
    }

    private void addLink(Node node, String destination) {
      String path = destination.replaceFirst("#.*", "");
      if (!path.isEmpty() && !path.contains(":")) {
        Path target = Project.ROOT.resolve(document).resolveSibling(path);
        links.add(new Link(document, line(node), target));
      }
    }

    @Override
    public void visit(Code code) {
      spans.add(new Span(document, line(code), code.getLiteral()));
    }
  }
}
