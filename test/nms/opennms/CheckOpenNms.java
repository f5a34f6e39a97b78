import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.opennms.integration.api.v1.config.datacollection.Group;
import org.opennms.integration.api.v1.config.datacollection.MibObj;
import org.opennms.integration.api.v1.config.datacollection.SnmpDataCollection;
import org.opennms.integration.api.v1.config.datacollection.graphs.PrefabGraph;
import org.opennms.integration.api.v1.config.events.AlarmType;
import org.opennms.integration.api.v1.config.events.EventDefinition;
import org.opennms.integration.api.xml.ClassPathGraphPropertiesLoader;
import org.opennms.integration.api.xml.ClasspathEventDefinitionLoader;
import org.opennms.integration.api.xml.ClasspathSnmpDataCollectionLoader;

/**
 * Loads packaging/opennms, which is on the class path, with OpenNMS's own loaders, and holds it
 * against VCPU-ACCT-MIB. The argument is the MIB.
 */
final class CheckOpenNms {

  private static final int MAX_ALIAS = 19; // of a data source of RRDtool
  private static final int SEVERITIES = 4;
  private static final Pattern NOTIFICATION =
      Pattern.compile(
          "^(va\\w+) NOTIFICATION-TYPE.*?::= \\{ vaNotifications (\\d+) \\}",
          Pattern.MULTILINE | Pattern.DOTALL);

  private final List<String> faults = new ArrayList<>();

  private CheckOpenNms() {}

  public static void main(String[] args) throws Exception {
    CheckOpenNms check = new CheckOpenNms();
    check.events(Files.readString(Path.of(args[0])));
    check.graphs(check.collection());
    check.faults.forEach(System.err::println);
    if (!check.faults.isEmpty()) {
      System.exit(1);
    }
  }

  private void expect(boolean holds, String what) {
    if (!holds) {
      faults.add(what);
    }
  }

  /** Each notification that raises has an event a severity, each other one that clears it. */
  private void events(String mib) {
    List<EventDefinition> events =
        new ClasspathEventDefinitionLoader(CheckOpenNms.class, "vcpuacct.events.xml")
            .getEventDefinitions();
    Map<String, List<EventDefinition>> bySpecific =
        events.stream()
            .collect(Collectors.groupingBy(this::specific, TreeMap::new, Collectors.toList()));
    Set<String> keys = new HashSet<>();
    NOTIFICATION
        .matcher(mib)
        .results()
        .forEach(
            found -> {
              List<EventDefinition> of = bySpecific.getOrDefault(found.group(2), List.of());
              boolean clears = found.group(1).endsWith("Cleared");
              expect(
                  of.size() == (clears ? 1 : SEVERITIES),
                  of.size() + " events of " + found.group(1));
              for (EventDefinition event : of) {
                expect(
                    event.getUei().contains("/" + found.group(1)),
                    event.getUei() + " is no " + found.group(1));
                AlarmType wanted = clears ? AlarmType.RESOLUTION : AlarmType.PROBLEM;
                expect(
                    event.getAlarmData().getType() == wanted, event.getUei() + " is no " + wanted);
                keys.add(
                    clears
                        ? event.getAlarmData().getClearKey()
                        : event.getAlarmData().getReductionKey());
              }
            });
    expect(keys.size() == 1, "what clears and what is raised have other keys: " + keys);
    System.out.println(events.size() + " events of " + bySpecific.size() + " notifications");
  }

  private String specific(EventDefinition event) {
    return event.getMask().getMaskElements().stream()
        .filter(element -> element.getName().equals("specific"))
        .flatMap(element -> element.getValues().stream())
        .collect(Collectors.joining(","));
  }

  /** The aliases of what is collected, by the resource type that they belong to. */
  private Map<String, Set<String>> collection() {
    List<SnmpDataCollection> collections =
        new ClasspathSnmpDataCollectionLoader(CheckOpenNms.class, "vcpuacct.xml")
            .getSnmpDataCollections();
    Map<String, Set<String>> aliases = new TreeMap<>();
    for (SnmpDataCollection collection : collections) {
      Set<String> types =
          collection.getResourceTypes().stream()
              .map(type -> type.getName())
              .collect(Collectors.toSet());
      Set<String> groups = new TreeSet<>();
      for (Group group : collection.getGroups()) {
        groups.add(group.getName());
        for (MibObj object : group.getMibObjs()) {
          expect(object.getAlias().length() <= MAX_ALIAS, object.getAlias() + " is too long");
          expect(
              types.contains(object.getInstance()), object.getInstance() + " is no resource type");
          aliases
              .computeIfAbsent(object.getInstance(), type -> new TreeSet<>())
              .add(object.getAlias());
          System.out.println("object " + object.getOid() + " " + object.getAlias());
        }
      }
      collection
          .getSystemDefs()
          .forEach(
              system ->
                  expect(
                      groups.containsAll(system.getCollect().getIncludeGroups()),
                      system.getName() + " collects what there is not"));
      expect(!collection.getSystemDefs().isEmpty(), "nothing collects it");
    }
    expect(!aliases.isEmpty(), "nothing is collected");
    return aliases;
  }

  private void graphs(Map<String, Set<String>> aliases) {
    List<PrefabGraph> graphs =
        new ClassPathGraphPropertiesLoader(CheckOpenNms.class, "vcpuacct-graph.properties")
            .getGraphProperties();
    expect(!graphs.isEmpty(), "no graph");
    for (PrefabGraph graph : graphs) {
      for (String type : graph.getTypes()) {
        Set<String> known = aliases.getOrDefault(type, Set.of());
        for (String column : graph.getColumns()) {
          expect(
              known.contains(column.strip()),
              graph.getName() + " draws " + column + ", which " + type + " has not");
        }
      }
    }
    System.out.println(graphs.size() + " graphs");
  }
}
