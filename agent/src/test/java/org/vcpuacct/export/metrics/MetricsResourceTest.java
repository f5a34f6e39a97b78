package org.vcpuacct.export.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.alarm.Condition;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.alarm.Severity;
import org.vcpuacct.alarm.Subject;
import org.vcpuacct.export.http.Answer;
import org.vcpuacct.export.http.Query;
import org.vcpuacct.host.Hardware;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.LineTimes;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;

class MetricsResourceTest {

  private static final String LINES = "vcpuacct_vcpu_line_seconds_total";
  private static final String WALL = "vcpuacct_vcpu_wall_seconds_total";
  private static final AlarmList NO_ALARMS = AlarmList.empty(0);

  private static final Snapshot OF_EVERY_TIER = Snapshots.ofEveryTier();

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", Scrape.OPEN_METRICS})
  void theLinesOfEachVcpuSumToItsWallTimeInTheText(String accept) {
    Scrape scrape = Scrape.of(OF_EVERY_TIER, NO_ALARMS, Optional.of(accept));

    assertThat(scrape.series(WALL)).hasSize(6);
    for (Scrape.Series vcpu : scrape.series(WALL)) {
      assertThat(scrape.sum(LINES, vcpu.labels()))
          .isEqualByComparingTo(scrape.value(WALL, vcpu.labels()).orElseThrow());
    }
  }

  @Test
  void noNanosecondIsLostHoweverLongTheDaemonRuns() {
    long[] ns = new long[Line.values().length];
    ns[Line.GUEST.ordinal()] = 31_536_000_000_000_001L;
    ns[Line.ASLEEP.ordinal()] = 31_536_000_000_000_010L;
    Scrape scrape =
        Scrape.of(new Snapshots().vm(1, "old", List.of(sampled(ns)), List.of()).build());

    Map<String, String> vcpu = Map.of("ne", "ne-1", "vm", "old", "vcpu", "0");
    assertThat(scrape.value(WALL, vcpu)).contains(new BigDecimal("63072000.000000011"));
    assertThat(scrape.sum(LINES, vcpu)).isEqualTo(new BigDecimal("63072000.000000011"));
  }

  private static VcpuAccount sampled(long... ns) {
    VcpuAccount account = Snapshots.account(1, 0, Tier.SAMPLED);
    Reading reading = account.reading();
    return new VcpuAccount(
        account.vcpu(),
        account.sinceNs(),
        new Reading(
            reading.cpuNs(),
            reading.waitNs(),
            reading.lastPcpu(),
            LineTimes.of(Tier.SAMPLED, ns),
            reading.exits(),
            reading.detail()),
        Map.of());
  }

  @Test
  void everyLineHasASeriesWhereATierMeasuresItAndNoneElsewhere() {
    Scrape scrape = Scrape.of(OF_EVERY_TIER);

    for (VcpuAccount vcpu : vcpus(OF_EVERY_TIER, "exact", "counted", "sampled")) {
      assertThat(scrape.series(LINES))
          .filteredOn(series -> series.labels().get("vm").equals(vcpu.tier().label()))
          .extracting(series -> series.labels().get("line"))
          .containsOnly(Line.of(vcpu.tier()).stream().map(Line::label).toArray(String[]::new));
    }
  }

  private static List<VcpuAccount> vcpus(Snapshot snapshot, String... vms) {
    return snapshot.vms().stream()
        .filter(vm -> Arrays.asList(vms).contains(vm.vm().name()))
        .map(vm -> vm.vcpus().get(0))
        .toList();
  }

  @Test
  void aClassOfExitsThatCannotBeToldHasNoSeries() {
    Scrape scrape = Scrape.of(OF_EVERY_TIER);
    Predicate<ExitClass> ofArm64 =
        List.of(ExitClass.WFX, ExitClass.SYSREG, ExitClass.SMC_HVC)::contains;
    String[] told =
        Arrays.stream(ExitClass.values())
            .filter(ofArm64.negate())
            .map(ExitClass::label)
            .toArray(String[]::new);

    assertThat(scrape.valuesOf("vcpuacct_vcpu_class_exits_total", "class")).containsOnly(told);
    assertThat(scrape.valuesOf("vcpuacct_vcpu_exit_seconds_total", "class")).containsOnly(told);
    assertThat(scrape.valuesOf("vcpuacct_vcpu_class_exits_total", "vm"))
        .containsExactly("exact", "counted");
    assertThat(scrape.valuesOf("vcpuacct_vcpu_exit_seconds_total", "vm")).containsExactly("exact");
  }

  @Test
  void timesOfExitsSumOverTheirClasses() {
    Scrape scrape = Scrape.of(OF_EVERY_TIER);
    VcpuAccount vcpu = vcpus(OF_EVERY_TIER, "exact").get(0);
    long ns =
        Arrays.stream(ExitClass.values())
            .mapToLong(of -> vcpu.reading().detail().orElseThrow().exitTimes().ns(of))
            .sum();

    assertThat(scrape.sum("vcpuacct_vcpu_exit_seconds_total", Map.of("vm", "exact", "vcpu", "0")))
        .isEqualByComparingTo(BigDecimal.valueOf(ns, 9));
  }

  @Test
  void aHistogramCountsWhatIsNotLongerThanEachBound() {
    Scrape scrape = Scrape.of(OF_EVERY_TIER);
    Map<String, String> vcpu = Map.of("ne", "ne-1", "vm", "exact", "vcpu", "1");
    String latency = "vcpuacct_vcpu_scheduling_latency_seconds";
    long wokenNs =
        OF_EVERY_TIER
            .vms()
            .get(0)
            .vcpus()
            .get(1)
            .reading()
            .lines()
            .ns(Line.WAIT_WOKEN)
            .orElseThrow();

    // All 3,030 durations are from 4,096 ns up to 8,191 ns.
    assertThat(scrape.value(latency + "_bucket", with(vcpu, "le", "4.095e-06")))
        .contains(BigDecimal.ZERO);
    assertThat(scrape.value(latency + "_bucket", with(vcpu, "le", "1.6383e-05")))
        .contains(new BigDecimal("3030"));
    assertThat(scrape.value(latency + "_bucket", with(vcpu, "le", "+Inf")))
        .contains(new BigDecimal("3030"));
    assertThat(scrape.value(latency + "_count", vcpu)).contains(new BigDecimal("3030"));
    assertThat(scrape.value(latency + "_sum", vcpu).orElseThrow())
        .isEqualByComparingTo(BigDecimal.valueOf(wokenNs, 9));
  }

  private static Map<String, String> with(Map<String, String> labels, String name, String value) {
    Map<String, String> more = new HashMap<>(labels);
    more.put(name, value);
    return more;
  }

  @Test
  void durationsOfExitsAreThoseOfAllVcpusOfAVm() {
    Scrape scrape = Scrape.of(OF_EVERY_TIER);

    assertThat(scrape.sum("vcpuacct_vm_exit_duration_seconds_count", Map.of("vm", "exact")))
        .isEqualByComparingTo(scrape.sum("vcpuacct_vcpu_class_exits_total", Map.of("vm", "exact")));
    assertThat(scrape.sum("vcpuacct_vm_exit_duration_seconds_sum", Map.of("vm", "exact")))
        .isEqualByComparingTo(
            scrape.sum("vcpuacct_vcpu_exit_seconds_total", Map.of("vm", "exact")));
  }

  @Test
  void aNetworkElementHasTheSharesOfItsVcpusAsRatios() {
    Scrape scrape = Scrape.of(OF_EVERY_TIER);
    Map<String, String> ne = Map.of("ne", "ne-1");

    assertThat(scrape.sum("vcpuacct_ne_time_ratio", ne).doubleValue()).isCloseTo(1, within(0.001));
    assertThat(scrape.value("vcpuacct_ne_overload_reduction_ratio", ne))
        .contains(new BigDecimal("0.2"));
    assertThat(scrape.value("vcpuacct_ne_guest_busy_ratio", ne)).contains(new BigDecimal("0.5"));
    assertThat(scrape.value("vcpuacct_ne_overload_level", with(ne, "level", "major")))
        .contains(BigDecimal.ONE);
    assertThat(scrape.sum("vcpuacct_ne_overload_level", ne)).isEqualTo(BigDecimal.ONE);
    assertThat(scrape.sum("vcpuacct_ne_cause", ne)).isEqualTo(BigDecimal.ONE);
  }

  @Test
  void whatIsNotKnownHasNoSeries() {
    Snapshot known = OF_EVERY_TIER;
    Snapshot withoutAnything =
        new Snapshot(
            known.takenNs(),
            known.takenEpochMillis(),
            Tier.SAMPLED,
            List.of(),
            List.of(new NeAccount(1, "empty", 0, List.of(), Optional.empty())),
            Optional.empty(),
            List.of(),
            known.agent(),
            List.of());
    Scrape scrape = Scrape.of(withoutAnything);

    assertThat(scrape.value("vcpuacct_ne_vms", Map.of("ne", "empty"))).contains(BigDecimal.ZERO);
    assertThat(scrape.text().lines().filter(line -> line.contains("\"empty\""))).hasSize(2);
    assertThat(scrape.text()).doesNotContain("vcpuacct_host_cpu").doesNotContain("vcpuacct_vcpu");
  }

  @Test
  void aVmThatHasLeftLeavesNoSeries() {
    Snapshot later = new Snapshots().vm(1, "exact", Tier.EXACT, 2).build();
    try (MetricsResource resource =
        new MetricsResource("1.2.3", () -> later, () -> NO_ALARMS, Optional::empty)) {
      assertThat(Scrape.of(resource, OF_EVERY_TIER, Optional.empty()).valuesOf(WALL, "vm"))
          .containsExactly("exact", "counted", "sampled");
      assertThat(Scrape.of(resource, later, Optional.empty()).valuesOf(WALL, "vm"))
          .containsExactly("exact");
    }
  }

  @Test
  void oneStepHasOneAnswerInEachFormat() {
    AtomicReference<Snapshot> newest = new AtomicReference<>(OF_EVERY_TIER);
    Query openMetrics = new Query(Map.of(), Optional.of(Scrape.OPEN_METRICS));
    try (MetricsResource resource =
        new MetricsResource("1.2.3", newest::get, () -> NO_ALARMS, Optional::empty)) {
      Answer first = resource.answer(Query.PLAIN);
      Answer other = resource.answer(openMetrics);
      assertThat(resource.answer(Query.PLAIN)).isSameAs(first);
      assertThat(resource.answer(openMetrics)).isSameAs(other).isNotSameAs(first);
      assertThat(first.mediaType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
      assertThat(other.mediaType())
          .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");

      newest.set(aSecondLater(OF_EVERY_TIER));
      assertThat(resource.answer(Query.PLAIN)).isNotSameAs(first);
    }
  }

  private static Snapshot aSecondLater(Snapshot snapshot) {
    return new Snapshot(
        snapshot.takenNs() + 1_000_000_000L,
        snapshot.takenEpochMillis() + 1_000,
        snapshot.tier(),
        snapshot.vms(),
        snapshot.nes(),
        snapshot.hostCpu(),
        snapshot.pcpus(),
        snapshot.agent(),
        snapshot.limits());
  }

  @Test
  void vmsOfOneNameInOneNetworkElementHaveSeriesOfTheirOwn() {
    Snapshot single = new Snapshots().vms(3, "twin").build();
    NeAccount together = new NeAccount(9, "set", 0, single.vms(), Optional.empty());
    Scrape scrape =
        Scrape.of(
            new Snapshot(
                single.takenNs(),
                single.takenEpochMillis(),
                single.tier(),
                single.vms(),
                List.of(together),
                single.hostCpu(),
                single.pcpus(),
                single.agent(),
                single.limits()));

    assertThat(scrape.valuesOf(WALL, "vm")).containsExactly("twin", "twin#2", "twin#3");
  }

  @Test
  void anyNameIsOneLabelValue() {
    String name = "a\\\"b\nc{d=\"e\"} 1 é\\n";
    Scrape scrape = Scrape.of(new Snapshots().vm(1, name, Tier.SAMPLED, 1).build());

    assertThat(scrape.valuesOf(WALL, "vm")).containsExactly(name);
  }

  @Test
  void thePartsOfEachCpuOfTheHostAreRatios() {
    Scrape scrape = Scrape.of(OF_EVERY_TIER);
    String family = "vcpuacct_host_pcpu_time_ratio";

    assertThat(scrape.value(family, Map.of("pcpu", "0", "use", "overhead")))
        .contains(new BigDecimal("0.15"));
    assertThat(scrape.sum(family, Map.of("pcpu", "0"))).isEqualByComparingTo(BigDecimal.ONE);
  }

  @Test
  void whatTheHostIsMadeOfIsTold() {
    Scrape scrape = Scrape.of(OF_EVERY_TIER);

    assertThat(scrape.value("vcpuacct_host_hardware_info", Map.of("cpu", "EPYC"))).isPresent();
    assertThat(scrape.value("vcpuacct_host_numa_nodes", Map.of())).contains(new BigDecimal("4"));
    assertThat(scrape.value("vcpuacct_host_memory_available_bytes", Map.of()))
        .contains(new BigDecimal(3L << 30));
    assertThat(scrape.value("vcpuacct_host_load1", Map.of())).contains(new BigDecimal("1.5"));
  }

  @Test
  void whatIsNotKnownOfTheHostIsNotShown() {
    Hardware unknown = new Hardware("virtual", 1, 1, 1, 1, 0, 2, 1, -1);
    try (MetricsResource resource =
        new MetricsResource(
            "1.2.3", () -> OF_EVERY_TIER, () -> NO_ALARMS, () -> Optional.of(unknown))) {
      assertThat(Scrape.of(resource, OF_EVERY_TIER, Optional.empty()).text())
          .contains("vcpuacct_host_sockets 1\n")
          .doesNotContain("vcpuacct_host_frequency_hertz")
          .doesNotContain("vcpuacct_host_load1");
    }
  }

  @Test
  void anActiveAlarmIsASeriesWithWhatItIsOf() {
    Subject subject =
        Subject.of(new Subject.Ne(3, "epc"))
            .of(new Subject.Vm(4, "mme"))
            .ofVcpu(2)
            .of(ExitClass.MSR_TIMER);
    Notification raised =
        new Notification(
            17,
            0,
            true,
            17,
            Condition.EXIT_STORM,
            Severity.MINOR,
            subject,
            150_000,
            100_000,
            0,
            Optional.empty(),
            "",
            "message");
    Scrape scrape = Scrape.of(OF_EVERY_TIER, NO_ALARMS.after(List.of(raised)), Optional.empty());

    assertThat(
            scrape.value(
                "vcpuacct_alarm_active",
                Map.of(
                    "alarm", "17",
                    "condition", "exit-storm",
                    "severity", "minor",
                    "ne", "epc",
                    "vm", "mme",
                    "vcpu", "2",
                    "class", "msr-timer")))
        .contains(BigDecimal.ONE);
    assertThat(Scrape.of(OF_EVERY_TIER).series("vcpuacct_alarm_active")).isEmpty();
  }

  @Test
  void theDaemonsHealthCountsEachStep() {
    try (MetricsResource resource =
        new MetricsResource("1.2.3", () -> OF_EVERY_TIER, () -> NO_ALARMS, Optional::empty)) {
      resource.health().step(OF_EVERY_TIER.agent(), OptionalLong.empty());
      resource.health().step(OF_EVERY_TIER.agent(), OptionalLong.empty());

      assertThat(Scrape.of(resource, OF_EVERY_TIER, Optional.empty()).text())
          .contains("vcpuacct_agent_step_duration_seconds_count 2\n")
          .contains("vcpuacct_agent_step_lateness_seconds_bucket{le=\"0.001\"} 2\n")
          .contains("jvm_memory_used_bytes{area=\"heap\"")
          .contains("process_cpu_seconds_total ");
    }
  }

  @Test
  void stepsMissingFromTheHistoryAreCountedWhereOneIsKept() {
    try (MetricsResource resource =
        new MetricsResource("1.2.3", () -> OF_EVERY_TIER, () -> NO_ALARMS, Optional::empty)) {
      String family = "vcpuacct_agent_history_dropped_steps";
      assertThat(Scrape.of(resource, OF_EVERY_TIER, Optional.empty()).text())
          .doesNotContain(family);

      resource.health().step(OF_EVERY_TIER.agent(), OptionalLong.of(7));

      assertThat(Scrape.of(resource, OF_EVERY_TIER, Optional.empty()).text())
          .contains(family + "_total 7.0\n");

      resource.health().step(OF_EVERY_TIER.agent(), OptionalLong.empty());

      assertThat(Scrape.of(resource, OF_EVERY_TIER, Optional.empty()).text())
          .doesNotContain(family);
    }
  }

  @Test
  void promtoolHasNothingToSay(@TempDir Path folder) throws IOException, InterruptedException {
    Scrape scrape = Scrape.of(OF_EVERY_TIER);

    Promtool.Result result = new Promtool(folder).checkMetrics(scrape.text().getBytes(UTF_8));

    assertThat(result.output()).isEmpty();
    assertThat(result.status()).isZero();
  }

  @Test
  void promtoolWouldFindAFault(@TempDir Path folder) throws IOException, InterruptedException {
    String fault = "# TYPE a_total gauge\na_total 1\n";

    assertThat(new Promtool(folder).checkMetrics(fault.getBytes(UTF_8)).status()).isNotZero();
  }

  @Test
  void openMetricsNamesFamiliesWithoutTheSuffixAndHasAnEnd() {
    String text = Scrape.of(OF_EVERY_TIER, NO_ALARMS, Optional.of(Scrape.OPEN_METRICS)).text();

    assertThat(text)
        .contains(
            """
            # TYPE vcpuacct_vcpu_wall_seconds counter
            # UNIT vcpuacct_vcpu_wall_seconds seconds
            # HELP vcpuacct_vcpu_wall_seconds\s""")
        .contains("# TYPE vcpuacct_build info\n")
        .endsWith("# EOF\n");
    assertThat(text.split("# EOF\n", -1)).hasSize(2);
  }
}
