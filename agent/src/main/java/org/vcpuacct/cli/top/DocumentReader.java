package org.vcpuacct.cli.top;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.vcpuacct.json.Json;
import org.vcpuacct.json.JsonReader;
import org.vcpuacct.json.MalformedJsonException;

/** Reads {@code /api/v1/snapshot}. What it does not know there it passes over. */
final class DocumentReader {

  private final JsonReader json;

  private DocumentReader(JsonReader json) {
    this.json = json;
  }

  /**
   * The document that a text is.
   *
   * @param text UTF-8
   */
  static Document read(byte[] text) throws MalformedJsonException {
    return JsonReader.read(text, json -> new DocumentReader(json).document());
  }

  private Document document() throws IOException {
    List<Json> host = new ArrayList<>();
    List<Json> agent = new ArrayList<>();
    List<Document.Pcpu> pcpus = new ArrayList<>();
    List<Document.Ne> nes = new ArrayList<>();
    List<Document.Alarm> alarms = new ArrayList<>();
    List<Document.Limit> limits = new ArrayList<>();
    Json document =
        json.object(
            name -> {
              switch (name) {
                case "host" -> host.add(host(pcpus));
                case "agent" -> agent.add(json.object());
                case "networkElements" -> nes.addAll(json.elements(this::ne));
                case "alarms" -> alarms.addAll(json.elements(this::alarm));
                case "limits" -> limits.addAll(json.elements(this::limit));
                default -> {}
              }
            });
    long takenNs =
        document
            .integer("takenNs")
            .orElseThrow(() -> new MalformedJsonException("it does not say when it was taken"));
    return new Document(
        takenNs, first(host, "name"), first(agent, "tier"), pcpus, nes, alarms, limits);
  }

  private static String first(List<Json> objects, String member) {
    return objects.isEmpty() ? "" : text(objects.get(0), member);
  }

  private Json host(List<Document.Pcpu> pcpus) throws IOException {
    return json.object(
        name -> {
          if (name.equals("pcpus")) {
            pcpus.addAll(json.elements(this::pcpu));
          }
        });
  }

  private Document.Pcpu pcpu() throws IOException {
    Json pcpu = json.object();
    return new Document.Pcpu(
        pcpu.integer("number"),
        number(pcpu, "guest"),
        number(pcpu, "overhead"),
        number(pcpu, "other"),
        number(pcpu, "idle"));
  }

  private Document.Ne ne() throws IOException {
    List<Document.Guest> guest = new ArrayList<>();
    List<Json> overload = new ArrayList<>();
    List<Document.Contributor> contributors = new ArrayList<>();
    List<Document.Vm> vms = new ArrayList<>();
    Json ne =
        json.object(
            name -> {
              switch (name) {
                case "guest" -> guest.add(guest());
                case "overload" -> overload.add(json.object());
                case "contributors" -> contributors.addAll(json.elements(this::contributor));
                case "vms" -> vms.addAll(json.elements(this::vm));
                default -> {}
              }
            });
    return new Document.Ne(
        text(ne, "name"),
        ne.string("cause"),
        guest.stream().findFirst(),
        overload.isEmpty() ? OptionalDouble.empty() : number(overload.get(0), "reductionPercent"),
        contributors,
        vms);
  }

  private Document.Guest guest() throws IOException {
    Json guest = json.object();
    return new Document.Guest(
        number(guest, "busy"), number(guest, "steal"), number(guest, "hidden"));
  }

  private Document.Contributor contributor() throws IOException {
    Json contributor = json.object();
    return new Document.Contributor(text(contributor, "name"), number(contributor, "share"));
  }

  private Document.Vm vm() throws IOException {
    List<Document.Vcpu> vcpus = new ArrayList<>();
    Json vm =
        json.object(
            name -> {
              if (name.equals("vcpus")) {
                vcpus.addAll(json.elements(this::vcpu));
              }
            });
    return new Document.Vm(vm.integer("index"), text(vm, "name"), vcpus);
  }

  private Document.Vcpu vcpu() throws IOException {
    List<Document.Guest> guest = new ArrayList<>();
    Map<String, Document.LineTime> lines = new LinkedHashMap<>();
    Map<String, Document.ExitCount> exits = new LinkedHashMap<>();
    Json vcpu =
        json.object(
            name -> {
              switch (name) {
                case "guest" -> guest.add(guest());
                case "lines" -> lines.putAll(byLabel(DocumentReader::line));
                case "exits" -> exits.putAll(byLabel(DocumentReader::exit));
                default -> {}
              }
            });
    return new Document.Vcpu(
        vcpu.integer("number"),
        vcpu.integer("sinceNs"),
        vcpu.integer("lastPcpu"),
        vcpu.integer("exitCount"),
        number(vcpu, "exitsPerSecond"),
        guest.stream().findFirst(),
        lines,
        exits);
  }

  private <T> Map<String, T> byLabel(Function<Json, T> made) throws IOException {
    Map<String, T> byLabel = new LinkedHashMap<>();
    json.elements(json::object)
        .forEach(element -> byLabel.put(text(element, "label"), made.apply(element)));
    return byLabel;
  }

  private static Document.LineTime line(Json line) {
    return new Document.LineTime(text(line, "rollUp"), line.integer("ns"), number(line, "share"));
  }

  private static Document.ExitCount exit(Json exit) {
    return new Document.ExitCount(
        exit.integer("count"),
        exit.integer("ns"),
        number(exit, "perSecond"),
        number(exit, "share"));
  }

  private Document.Alarm alarm() throws IOException {
    Json alarm = json.object();
    return new Document.Alarm(text(alarm, "severity"), text(alarm, "text"));
  }

  private Document.Limit limit() throws IOException {
    Json limit = json.object();
    return new Document.Limit(text(limit, "what"), text(limit, "consequence"), text(limit, "mend"));
  }

  private static String text(Json object, String member) {
    return object.string(member).orElse("");
  }

  private static OptionalDouble number(Json object, String member) {
    return object.member(member).flatMap(Json::number).stream()
        .mapToDouble(Double::doubleValue)
        .findFirst();
  }
}
