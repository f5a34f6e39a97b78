package org.vcpuacct.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.vcpuacct.ne.NamePattern;
import org.vcpuacct.ne.VmSet;

/** Reads the sections {@code [[ne]]}. */
final class NetworkElementSections {

  /** An SNMP context has the name of its network element (RFC 3411, SnmpAdminString). */
  private static final int MAX_NAME_CHARACTERS = 60;

  private NetworkElementSections() {}

  /** The network elements that the sections name, in their order. */
  static List<VmSet> read(List<Section> sections) throws ConfigException {
    List<VmSet> sets = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section section : sections) {
      VmSet set = set(section);
      if (!names.add(set.name())) {
        throw section.at("name", "\"" + set.name() + "\" is the name of another network element");
      }
      sets.add(set);
    }
    return sets;
  }

  private static VmSet set(Section section) throws ConfigException {
    String name = section.required("name", NetworkElementSections::name);
    List<String> vms = section.strings("vms");
    section.finish();
    if (vms.isEmpty()) {
      throw section.at(
          "name", "\"" + name + "\" has no VMs; write vms = [\"NAME\", \"PATTERN-*\"]");
    }
    return new VmSet(name, vms.stream().map(NamePattern::new).toList());
  }

  private static String name(String text) {
    boolean printable = text.codePoints().noneMatch(Character::isISOControl);
    if (text.isBlank() || !printable || text.length() > MAX_NAME_CHARACTERS) {
      throw new IllegalArgumentException(
          "write 1 to " + MAX_NAME_CHARACTERS + " characters that can be seen");
    }
    return text;
  }
}
