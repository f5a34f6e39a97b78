package org.vcpuacct.mib;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * docs/mib.md: the objects of the MIB as its text has them, under the question that they answer.
 */
final class MibPage {

  private static final String QUESTIONS = "questions.tsv";

  private static final String HEAD =
      """
      # The MIB, object by object

      <!-- Made of VCPU-ACCT-MIB.txt by MibPageTest, which also says how to make it anew. -->

      VCPU-ACCT-MIB stands at `{ systemStats 200 }`, .1.3.6.1.4.1.2021.11.200. What it serves and by which rules says
      [snmp.md](snmp.md); this page is its text in short, each object under the question that it answers. All of it is in
      `VCPU-ACCT-MIB.txt`.

      Shares are in hundredths of a percent. "Last, 1Min, 5Min" are three objects: over the daemon's last interval, one
      minute and five minutes. The last column says in which tiers there is a figure, where not in all:
      [tiers.md](tiers.md). Where there is none, the object is absent.
      """;

  private static final String COLUMNS =
      "\n| question | object | what it is | unit | tiers |\n|---|---|---|---|---|\n";
  private static final String ALL_TIERS = "exact, counted, sampled";
  private static final Pattern TIERS = Pattern.compile("Tiers?: ([a-z, ]+)\\.");
  private static final Pattern WINDOWED = Pattern.compile("(\\w+)(Last|1Min|5Min)");
  private static final Pattern SENTENCE = Pattern.compile("^(.*?[.])(?= (?:[A-Z]|va[A-Z])|$)");

  private final MibText mib;
  private final Map<Pattern, String> questions = readQuestions();
  private final Set<String> asked = new TreeSet<>();

  MibPage(MibText mib) {
    this.mib = mib;
  }

  /** The page, in Markdown. */
  String text() {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("\n## The daemon\n").append(rows(scalars()));
    for (MibObject table : tables()) {
      page.append("\n## ").append(table.name()).append("\n\n");
      page.append(withoutTiers(table.description())).append("\n\n");
      page.append("A row: ").append(entry(table).description()).append('\n');
      page.append(rows(columns(table)));
    }
    page.append("\n## Notifications\n").append(rows(notifications()));
    return page.toString();
  }

  /** The questions that no object answers. */
  List<String> unused() {
    return questions.values().stream().filter(question -> !asked.contains(question)).toList();
  }

  private List<MibObject> scalars() {
    return readable().filter(object -> object.name().startsWith("vaAgent")).toList();
  }

  private List<MibObject> tables() {
    return mib.objects().values().stream()
        .filter(object -> object.syntax().startsWith("SEQUENCE OF"))
        .toList();
  }

  private MibObject entry(MibObject table) {
    return mib.object(table.name().replaceFirst("Table$", "Entry"));
  }

  private List<MibObject> columns(MibObject table) {
    String below = entry(table).oid() + ".";
    return readable().filter(object -> object.oid().startsWith(below)).toList();
  }

  private List<MibObject> notifications() {
    return mib.objects().values().stream()
        .filter(object -> object.macro().equals("NOTIFICATION-TYPE"))
        .toList();
  }

  private Stream<MibObject> readable() {
    return mib.objects().values().stream().filter(MibObject::readable);
  }

  /** Objects under their questions, in the order in which these first come up. */
  private String rows(List<MibObject> objects) {
    Map<String, Map<String, List<MibObject>>> groups = new LinkedHashMap<>();
    for (MibObject object : objects) {
      groups
          .computeIfAbsent(question(object.name()), key -> new LinkedHashMap<>())
          .computeIfAbsent(stem(object.name()), key -> new ArrayList<>())
          .add(object);
    }
    StringBuilder rows = new StringBuilder(COLUMNS);
    groups.forEach(
        (question, stems) -> {
          String title = question;
          for (List<MibObject> windows : stems.values()) {
            rows.append("| ").append(title).append(row(windows));
            title = "";
          }
        });
    return rows.toString();
  }

  private static String row(List<MibObject> windows) {
    MibObject first = windows.get(0);
    String names =
        "`%s`%s"
            .formatted(
                first.name(),
                windows.stream()
                    .skip(1)
                    .map(
                        window ->
                            ", `" + window.name().substring(stem(first.name()).length()) + "`")
                    .collect(Collectors.joining()));
    return " | %s | %s | %s | %s |\n"
        .formatted(names, firstSentence(first), first.units(), tiers(first));
  }

  private static String stem(String name) {
    Matcher matcher = WINDOWED.matcher(name);
    return matcher.matches() ? matcher.group(1) : name;
  }

  private static String firstSentence(MibObject object) {
    String text = withoutTiers(object.description()).replace("|", "\\|");
    Matcher matcher = SENTENCE.matcher(text);
    return matcher.find() ? matcher.group(1) : text;
  }

  private static String withoutTiers(String description) {
    return TIERS.matcher(description).replaceAll("").strip();
  }

  private static String tiers(MibObject object) {
    Matcher matcher = TIERS.matcher(object.description());
    return matcher.find() && !matcher.group(1).equals(ALL_TIERS) ? matcher.group(1) : "";
  }

  private String question(String name) {
    String question =
        questions.entrySet().stream()
            .filter(entry -> entry.getKey().matcher(name).matches())
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow(() -> new AssertionError(QUESTIONS + " has no question for " + name));
    asked.add(question);
    return question;
  }

  private static Map<Pattern, String> readQuestions() {
    InputStream in = Objects.requireNonNull(MibPage.class.getResourceAsStream(QUESTIONS));
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      Map<Pattern, String> questions = new LinkedHashMap<>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#")) {
          String[] columns = line.split("\t", 2);
          questions.put(Pattern.compile(columns[0]), columns[1]);
        }
      }
      return questions;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
