package org.vcpuacct.cli.top;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vcpuacct.json.Json;
import org.vcpuacct.json.JsonReader;

/**
 * Reads what one vCPU counted: element by element from a full document, where each has its label
 * and what it was in the last interval; column by column from a brief one, by place.
 */
final class AccountReader {

  private static final double SECOND_NS = 1e9;

  private final JsonReader json;
  private final Catalogue catalogue;
  private final Places places;

  private List<Json> lines = List.of();
  private List<Json> exits = List.of();
  private long[] lineNs = {};
  private long[] exitCounts = {};
  private long[] exitNs = {};

  /**
   * Where what stands in columns belongs.
   *
   * @param lines the place of each in the catalogue
   * @param exitClasses likewise
   */
  record Places(List<Integer> lines, List<Integer> exitClasses) {}

  /**
   * A reader of one account.
   *
   * @param catalogue gets what it does not know yet
   */
  AccountReader(JsonReader json, Catalogue catalogue, Places places) {
    this.json = json;
    this.catalogue = catalogue;
    this.places = places;
  }

  /** Reads a member of the vCPU; none of the account is passed over. */
  void read(String member) throws IOException {
    switch (member) {
      case "lines" -> readLines();
      case "exits" -> readExits();
      case "lineNs" -> lineNs = column(places.lines(), catalogue.lines());
      case "exitCounts" -> exitCounts = column(places.exitClasses(), catalogue.exitClasses());
      case "exitNs" -> exitNs = column(places.exitClasses(), catalogue.exitClasses());
      default -> {}
    }
  }

  private void readLines() throws IOException {
    lines = json.elements(json::object);
    lines.forEach(line -> catalogue.addLine(label(line), line.string("rollUp").orElse("")));
    lineNs = integers(lines, "ns", catalogue.lines());
  }

  private void readExits() throws IOException {
    exits = json.elements(json::object);
    exits.forEach(exit -> catalogue.addExitClass(label(exit)));
    exitCounts = integers(exits, "count", catalogue.exitClasses());
    exitNs = integers(exits, "ns", catalogue.exitClasses());
  }

  private long[] column(List<Integer> at, Labels labels) throws IOException {
    long[] column = absent(labels);
    json.integers(
        (place, number) -> {
          if (place < at.size()) {
            column[at.get(place)] = number;
          }
        });
    return column;
  }

  private static long[] integers(List<Json> elements, String member, Labels labels) {
    long[] integers = absent(labels);
    for (Json element : elements) {
      integers[labels.add(label(element))] = element.integer(member).orElse(Counters.ABSENT);
    }
    return integers;
  }

  private static long[] absent(Labels labels) {
    long[] absent = new long[labels.size()];
    Arrays.fill(absent, Counters.ABSENT);
    return absent;
  }

  private static double[] numbers(List<Json> elements, String member, Labels labels) {
    double[] numbers = new double[labels.size()];
    Arrays.fill(numbers, Usage.ABSENT);
    for (Json element : elements) {
      numbers[labels.add(label(element))] = number(element, member);
    }
    return numbers;
  }

  private static double number(Json object, String member) {
    return object.member(member).flatMap(Json::number).orElse(Usage.ABSENT);
  }

  private static String label(Json element) {
    return element.string("label").orElse("");
  }

  /**
   * What it counted since the account was opened.
   *
   * @param vcpu the members that are neither objects nor arrays
   */
  Counters counters(Json vcpu) {
    long exitCount = vcpu.integer("exitCount").orElse(Counters.ABSENT);
    return new Counters(exitCount, lineNs, exitCounts, exitNs);
  }

  /**
   * What the daemon says of its last interval, as of one second; empty if it does not say it of all
   * lines.
   *
   * @param vcpu as above
   */
  Optional<Usage> lastInterval(Json vcpu) {
    if (lines.isEmpty() || lines.stream().anyMatch(line -> line.member("share").isEmpty())) {
      return Optional.empty();
    }
    return Usage.of(
        catalogue,
        scaled(numbers(lines, "share", catalogue.lines())),
        number(vcpu, "exitsPerSecond"),
        numbers(exits, "perSecond", catalogue.exitClasses()),
        scaled(numbers(exits, "share", catalogue.exitClasses())));
  }

  private static double[] scaled(double... shares) {
    return Arrays.stream(shares).map(share -> share * SECOND_NS).toArray();
  }
}
