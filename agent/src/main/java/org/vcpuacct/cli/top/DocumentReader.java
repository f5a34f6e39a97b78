package org.vcpuacct.cli.top;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.vcpuacct.json.Json;
import org.vcpuacct.json.JsonReader;
import org.vcpuacct.json.MalformedJsonException;

/**
 * Reads {@code /api/v1/snapshot}, in full or in brief. What it does not know there it passes over.
 */
final class DocumentReader {

  private final JsonReader json;
  private final Catalogue catalogue;
  private final AccountReader.Places places =
      new AccountReader.Places(new ArrayList<>(), new ArrayList<>());

  private DocumentReader(JsonReader json, Catalogue catalogue) {
    this.json = json;
    this.catalogue = catalogue;
  }

  /**
   * The document that a text is.
   *
   * @param text UTF-8
   * @param catalogue gets what it does not know yet; documents of the same one can be compared
   */
  static Document read(byte[] text, Catalogue catalogue) throws MalformedJsonException {
    return JsonReader.read(text, json -> new DocumentReader(json, catalogue).document());
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
                case "lines" -> places.lines().addAll(json.elements(this::line));
                case "exitClasses" -> places.exitClasses().addAll(json.elements(this::exitClass));
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
        catalogue, takenNs, first(host, "name"), first(agent, "tier"), pcpus, nes, alarms, limits);
  }

  private static String first(List<Json> objects, String member) {
    return objects.isEmpty() ? "" : text(objects.get(0), member);
  }

  /** A line of the catalogue that a brief document has before its accounts. */
  private int line() throws IOException {
    Json line = json.object();
    return catalogue.addLine(text(line, "label"), text(line, "rollUp"));
  }

  private int exitClass() throws IOException {
    return catalogue.addExitClass(text(json.object(), "label"));
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
    AccountReader account = new AccountReader(json, catalogue, places);
    Json vcpu =
        json.object(
            name -> {
              if (name.equals("guest")) {
                guest.add(guest());
              } else {
                account.read(name);
              }
            });
    return new Document.Vcpu(
        vcpu.integer("number"),
        vcpu.integer("sinceNs"),
        vcpu.integer("lastPcpu"),
        guest.stream().findFirst(),
        account.counters(vcpu),
        account.lastInterval(vcpu));
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
