package org.vcpuacct.mib;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class VcpuAcctMibTest {

  /** Objects with a catalogue number: here is their base, and their number is the catalogue's. */
  private static final String CATALOGUE_OBJECT =
      "vaVmKvm.*|vaVcpuLine.*|vaVcpuShareLine.*|va.*Raised|va.*Cleared";

  private static final Set<String> NOT_OF_THE_MODULE = Set.of("MODULE", "SYSTEM_STATS");

  private final MibText mib = MibText.read();

  @Test
  void everyObjectOfTheMibHasItsConstantAndEveryConstantItsObject() {
    Map<String, String> defined =
        mib.objects().values().stream()
            .filter(object -> !object.oid().startsWith(mib.object("vaConformance").oid()))
            .filter(object -> !object.name().matches(CATALOGUE_OBJECT))
            .collect(Collectors.toMap(MibObject::name, MibObject::oid, (a, b) -> a, TreeMap::new));

    assertThat(constants()).isEqualTo(defined);
  }

  @Test
  void theMibDefinesCatalogueColumnsAboveTheirBases() {
    assertThat(mib.object("vaVmKvmExits").oid())
        .isEqualTo(column("vaVmEntry", VcpuAcctMib.VA_VM_KVM_BASE + 1));
    assertThat(mib.object("vaVcpuLineGuestNs").oid())
        .isEqualTo(column("vaVcpuEntry", VcpuAcctMib.VA_VCPU_LINE_BASE + 1));
    assertThat(mib.object("vaVcpuShareLineGuestLast").oid())
        .isEqualTo(column("vaVcpuShareEntry", VcpuAcctMib.VA_VCPU_SHARE_LINE_LAST_BASE + 1));
    assertThat(mib.object("vaVcpuShareLineGuest1Min").oid())
        .isEqualTo(column("vaVcpuShareEntry", VcpuAcctMib.VA_VCPU_SHARE_LINE_1_MIN_BASE + 1));
    assertThat(mib.object("vaVcpuShareLineGuest5Min").oid())
        .isEqualTo(column("vaVcpuShareEntry", VcpuAcctMib.VA_VCPU_SHARE_LINE_5_MIN_BASE + 1));
  }

  @Test
  void everyCounterSaysWhereItsDiscontinuitiesAreTold() {
    assertThat(mib.objects().values())
        .filteredOn(object -> object.syntax().startsWith("Counter"))
        .isNotEmpty()
        .allSatisfy(
            counter ->
                assertThat(counter.description())
                    .containsPattern("discontinuities are told by va\\w+DiscontinuityTime"));
  }

  @Test
  void everyCounterAndGaugeHasUnits() {
    assertThat(mib.objects().values())
        .filteredOn(object -> object.syntax().matches("Counter.*|Gauge.*"))
        .isNotEmpty()
        .allSatisfy(object -> assertThat(object.units()).as(object.name()).isNotEmpty());
  }

  @Test
  void nothingCanBeWritten() {
    assertThat(mib.objects().values())
        .filteredOn(object -> object.macro().equals("OBJECT-TYPE"))
        .extracting(MibObject::access)
        .isSubsetOf("read-only", "not-accessible");
  }

  private String column(String entry, int number) {
    return mib.object(entry).oid() + "." + number;
  }

  /** Object identifiers by descriptor, as the Java constants have them. */
  private static Map<String, String> constants() {
    Map<String, String> oids = new TreeMap<>();
    for (Field field : VcpuAcctMib.class.getFields()) {
      String name = field.getName();
      if (field.getType() == String.class && !NOT_OF_THE_MODULE.contains(name)) {
        oids.put(descriptor(name), value(field));
      }
    }
    return oids;
  }

  private static String value(Field constant) {
    try {
      return (String) constant.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  /** VA_VM_NAME is vaVmName; the module itself is vcpuAcctMIB. */
  private static String descriptor(String constant) {
    if (constant.equals("VCPU_ACCT_MIB")) {
      return "vcpuAcctMIB";
    }
    String pascal =
        Arrays.stream(constant.split("_", -1))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
    return pascal.substring(0, 1).toLowerCase(Locale.ROOT) + pascal.substring(1);
  }
}
