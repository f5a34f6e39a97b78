package org.vcpuacct.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vcpuacct.host.TracepointFormat;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitReasons;
import org.vcpuacct.ledger.Isa;

class ExitFiltersTest {

  private static final int PAGE_SIZE = 4096;

  @ParameterizedTest
  @EnumSource(Isa.class)
  void anExitMatchesOneClassAtMost(Isa isa) {
    Map<ExitClass, Predicate<Map<String, Long>>> filters =
        filters(isa, format("info1", "intr_info"));

    for (Map<String, Long> exit : exits()) {
      assertThat(classesOf(exit, filters)).as("classes of %s", exit).hasSizeLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Isa.class)
  void withoutConditionsAnExitIsOfTheClassOfItsCode(Isa isa) {
    Map<ExitClass, Predicate<Map<String, Long>>> filters = filters(isa, format());

    for (Map<String, Long> exit : exits()) {
      ExitClass expected = ExitReasons.of(isa).classOf(Math.toIntExact(exit.get("exit_reason")));
      assertThat(classesOf(exit, filters))
          .as("classes of %s", exit)
          .isEqualTo(expected == ExitClass.OTHER ? List.of() : List.of(expected));
    }
  }

  @ParameterizedTest
  @EnumSource(Isa.class)
  void theKernelTakesFiltersOfUpToAPage(Isa isa) {
    ExitFilters filters = new ExitFilters(isa, ExitReasons.of(isa), format("info1", "intr_info"));

    for (ExitClass exitClass : ExitClass.values()) {
      filters.of(exitClass).ifPresent(filter -> assertThat(filter).hasSizeLessThan(PAGE_SIZE));
    }
  }

  @Test
  void aReservedBitTellsMmioFromANestedPageFault() {
    Map<ExitClass, Predicate<Map<String, Long>>> filters =
        filters(Isa.SVM, format("info1", "intr_info"));

    assertThat(classesOf(exit(0x400, 0xd, 0), filters)).containsExactly(ExitClass.MMIO);
    assertThat(classesOf(exit(0x400, 0x6, 0), filters)).containsExactly(ExitClass.NPF);
  }

  @Test
  void anNmiIsToldFromAnException() {
    Map<ExitClass, Predicate<Map<String, Long>>> filters =
        filters(Isa.VMX, format("info1", "intr_info"));

    assertThat(classesOf(exit(0, 0, 0x80000202L), filters)).containsExactly(ExitClass.NMI);
    assertThat(classesOf(exit(0, 0, 0x8000030eL), filters)).containsExactly(ExitClass.EXCEPTION);
  }

  @Test
  void anUnknownCodeMatchesNoFilter() {
    for (Isa isa : Isa.values()) {
      assertThat(classesOf(exit(0x7777, 0, 0), filters(isa, format("info1", "intr_info"))))
          .as("classes of an unknown code of %s", isa)
          .isEmpty();
    }
  }

  private static Map<ExitClass, Predicate<Map<String, Long>>> filters(
      Isa isa, TracepointFormat format) {
    ExitFilters filters = new ExitFilters(isa, ExitReasons.of(isa), format);
    Map<ExitClass, Predicate<Map<String, Long>>> parsed = new EnumMap<>(ExitClass.class);
    for (ExitClass exitClass : ExitClass.values()) {
      filters.of(exitClass).ifPresent(text -> parsed.put(exitClass, TraceFilter.parse(text)));
    }
    return parsed;
  }

  private static List<ExitClass> classesOf(
      Map<String, Long> exit, Map<ExitClass, Predicate<Map<String, Long>>> filters) {
    return filters.entrySet().stream()
        .filter(filter -> filter.getValue().test(exit))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<Map<String, Long>> exits() {
    List<Map<String, Long>> exits = new ArrayList<>();
    for (int code = 0; code <= 0x500; code++) {
      exits.add(exit(code, 0x8, 0x80000202L));
      exits.add(exit(code, 0x4, 0x8000030eL));
    }
    return exits;
  }

  /** An exit as all architectures would record it: arm64 splits the code. */
  private static Map<String, Long> exit(long code, long info1, long intrInfo) {
    return Map.of(
        "exit_reason", code,
        "info1", info1,
        "intr_info", intrInfo,
        "ret", code / 256,
        "esr_ec", code % 256);
  }

  private static TracepointFormat format(String... optionalFields) {
    Map<String, TracepointFormat.Field> fields = new HashMap<>();
    fields.put("exit_reason", new TracepointFormat.Field("exit_reason", 8, 4, false));
    fields.putAll(
        Arrays.stream(optionalFields)
            .collect(
                Collectors.toMap(
                    name -> name, name -> new TracepointFormat.Field(name, 16, 8, false))));
    return new TracepointFormat("kvm_exit", 1, fields);
  }
}
