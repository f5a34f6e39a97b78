package org.vcpuacct.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.vm.GuestAgentPort;
import org.vcpuacct.vm.Vm;
import org.vcpuacct.vm.Vmm;

/** Guests of all kinds, each behind a real socket. */
@Timeout(120)
class GuestLoadsTest {

  private static final HostRoot HOST = new HostRoot(Path.of("/"));

  /**
   * Of what comes and goes with answers under way, beside 1,000 answers of which one would stay.
   */
  private static final int FEW = 20;

  private static final int MY_PID = (int) ProcessHandle.current().pid();

  @TempDir Path dir;
  private final List<FakeAgent> agents = new ArrayList<>();
  private GuestLoads loads;

  @AfterEach
  void end() throws IOException {
    if (loads != null) {
      loads.close();
    }
    for (FakeAgent agent : agents) {
      agent.close();
    }
  }

  @Test
  void reportsTheLastTwoLoadsAndTheirAge() throws Exception {
    Vm vm = vm(1, new ScriptedAgent());
    ask(Duration.ofMillis(50), Duration.ofMillis(50), vm);

    GuestReport report = await(vm, found -> found.before().isPresent());
    assertThat(report.state()).isEqualTo(GuestState.OK);
    assertThat(report.message()).isEmpty();
    assertThat(report.last().orElseThrow().atNs())
        .isGreaterThan(report.before().orElseThrow().atNs());
    assertThat(report.sinceNs().orElseThrow()).isLessThan(report.last().orElseThrow().atNs());
    assertThat(report.ageNs().orElseThrow()).isBetween(0L, 10_000_000_000L);
  }

  @Test
  void aGuestThatWasStartedAgainBeginsASeries() throws Exception {
    GuestLoad earlier = load(1, 9_000);
    GuestLoad restarted = load(2, 1_000);
    GuestLoad later = load(3, 2_000);
    BlockingQueue<GuestLoad> answers =
        new ArrayBlockingQueue<>(2, true, List.of(earlier, restarted));
    GuestPoll poll = new GuestPoll("again", answers::take, settings(50, 50), System::nanoTime);
    poll.start(1);
    try {
      GuestReport report =
          awaitReport(poll::report, found -> found.last().equals(Optional.of(restarted)));
      assertThat(report.before()).isEmpty();
      assertThat(report.sinceNs()).hasValue(restarted.atNs());

      answers.add(later);
      GuestReport next =
          awaitReport(poll::report, found -> found.last().equals(Optional.of(later)));
      assertThat(next.before()).contains(restarted);
      assertThat(next.sinceNs()).hasValue(restarted.atNs());
    } finally {
      poll.close();
    }
  }

  @Test
  void aGuestThatFallsSilentAgesAndDelaysNobody() throws Exception {
    Silenceable silenceable = new Silenceable();
    Vm silent = vm(1, silenceable);
    Vm well = vm(2, new ScriptedAgent());
    ask(Duration.ofMillis(100), Duration.ofMillis(100), silent, well);
    await(silent, report -> report.state() == GuestState.OK);
    silenceable.silent = true;

    GuestReport first = await(silent, report -> report.state() == GuestState.NOT_ANSWERING);
    assertThat(first.message()).contains("no answer");
    for (int i = 0; i < 10; i++) {
      Thread.sleep(100);
      assertThat(loads.report(well).orElseThrow().state()).isEqualTo(GuestState.OK);
    }
    GuestReport later = loads.report(silent).orElseThrow();
    assertThat(later.ageNs().orElseThrow() - first.ageNs().orElseThrow())
        .isGreaterThan(900_000_000L);
    assertThat(later.last()).isEqualTo(first.last());

    silenceable.silent = false;
    await(silent, report -> report.state() == GuestState.OK);
  }

  @Test
  void anOverdueAnswerMakesAReportStale() throws Exception {
    Silenceable silenceable = new Silenceable();
    Vm vm = vm(1, silenceable);
    ask(Duration.ofMillis(50), Duration.ofMillis(50), vm);
    await(vm, report -> report.state() == GuestState.OK);
    GuestPoll overdue =
        new GuestPoll("overdue", () -> load(vm), settings(50, 50), () -> Long.MAX_VALUE / 2);
    overdue.start(2);
    try {
      awaitReport(overdue::report, report -> report.last().isPresent());
      assertThat(overdue.report().state()).isEqualTo(GuestState.STALE);
    } finally {
      overdue.close();
    }
  }

  @Test
  void aGuestCannotHaveMoreCpusThanVcpusNorOneTwiceNorNone() throws Exception {
    Vm many = vm(1, cpus(3));
    Vm twice =
        vm(2, new ScriptedAgent().returns("guest-get-cpustats", "[{\"cpu\":0},{\"cpu\":0}]"));
    Vm none = vm(3, cpus(0));
    ask(Duration.ofMillis(100), Duration.ofMillis(100), many, twice, none);

    assertThat(await(many, GuestLoadsTest::isRefused).message()).contains("3 CPUs", "2 vCPUs");
    assertThat(await(twice, GuestLoadsTest::isRefused).message()).contains("twice");
    assertThat(await(none, GuestLoadsTest::isRefused).message()).contains("no CPU");
  }

  @Test
  void saysWhyNobodyAsksAGuest() {
    Vm withoutPort = vm(1, Optional.empty());
    Vm held = vm(2, Optional.of(new GuestAgentPort(Optional.empty(), false)));
    Vm heldByLibvirt = vm(3, Optional.of(new GuestAgentPort(Optional.empty(), true)));
    ask(Duration.ofSeconds(5), Duration.ofSeconds(3), withoutPort, held, heldByLibvirt);

    GuestReport report = loads.report(withoutPort).orElseThrow();
    assertThat(report.state()).isEqualTo(GuestState.NOT_CONFIGURED);
    assertThat(report.last()).isEmpty();
    assertThat(report.ageNs()).isEmpty();
    assertThat(report.message()).contains("org.qemu.guest_agent.0");
    assertThat(loads.report(held).orElseThrow().message()).contains("held by whoever started");
    assertThat(loads.report(heldByLibvirt).orElseThrow().message()).contains("set libvirt");
  }

  @Test
  @Timeout(30) // half the time until a second question: the first answer is taken
  void aVmThatGoesIsForgottenAndItsThreadEnds() throws Exception {
    Vm stays = vm(1, new ScriptedAgent());
    Vm goes = vm(2, new Silenceable().silence());
    ask(Duration.ofSeconds(60), Duration.ofSeconds(60), stays, goes);
    await(stays, report -> report.state() == GuestState.OK);
    assertThat(guestThreads()).containsExactlyInAnyOrder("guest vm1", "guest vm2");

    loads.watch(List.of(stays));
    assertThat(loads.report(goes)).isEmpty();
    awaitThreads("guest vm1");
    loads.close();
    awaitThreads();
  }

  @Test
  void otherSettingsAskOnAndForgetNothing() throws Exception {
    Silenceable silenceable = new Silenceable();
    Vm vm = vm(1, silenceable);
    ask(Duration.ofSeconds(60), Duration.ofSeconds(60), vm);
    GuestReport before = await(vm, report -> report.state() == GuestState.OK);

    loads.use(settings(50, 50));
    silenceable.silent = true;
    loads.watch(List.of(vm));
    assertThat(loads.report(vm).orElseThrow().last()).isEqualTo(before.last());
    silenceable.silent = false;

    GuestReport after = await(vm, report -> report.before().isPresent());
    assertThat(after.sinceNs()).isEqualTo(before.sinceNs());
    awaitThreads("guest vm1");
  }

  @Test
  void guestsCanBeSwitchedOffAndOnAgain() throws Exception {
    Vm vm = vm(1, new ScriptedAgent());
    ask(Duration.ofMillis(50), Duration.ofMillis(50), vm);
    await(vm, report -> report.state() == GuestState.OK);

    loads.use(GuestSettings.off());
    loads.watch(List.of(vm));
    assertThat(loads.report(vm)).isEmpty();
    awaitThreads();

    loads.use(settings(50, 50));
    loads.watch(List.of(vm));
    await(vm, report -> report.state() == GuestState.OK);
  }

  @Test
  void asksNobodyWhenSwitchedOff() throws Exception {
    Vm vm = vm(1, new ScriptedAgent());
    loads =
        new GuestLoads(
            new GuestSettings(
                false, Duration.ofMillis(50), Duration.ofMillis(50), Optional.empty(), List.of()),
            HOST,
            System::nanoTime);
    loads.watch(List.of(vm));

    assertThat(loads.report(vm)).isEmpty();
    assertThat(guestThreads()).isEmpty();
  }

  /** A thousand answers that are none, of five kinds: nothing is left of them. */
  @Test
  void nothingLeaksOverAThousandBadAnswers() throws Exception {
    Duration timeout = Duration.ofMillis(30);
    Counted garbage = new Counted((command, out) -> FakeAgent.send(out, "garbage\n"));
    Counted half = new Counted(new ScriptedAgent().answers("guest-info", "{\"return\":{\"sup"));
    Counted flood = new Counted(GuestLoadsTest::flood);
    Counted nothing = new Counted((command, out) -> {});
    Counted gone = new Counted((command, out) -> out.close());
    List<Counted> kinds = List.of(garbage, half, flood, nothing, gone);
    List<Vm> vms = new ArrayList<>();
    for (Counted kind : kinds) {
      vms.add(vm(vms.size() + 1, kind));
    }
    Vm well = vm(9, new ScriptedAgent());
    vms.add(well);
    ask(timeout, timeout, vms.toArray(Vm[]::new));
    awaitAnswers(kinds, 20);
    long descriptors = openDescriptors();
    int threads = Thread.activeCount();
    long heap = usedHeap();

    awaitAnswers(kinds, 220);
    assertThat(openDescriptors() - descriptors).isLessThan(FEW);
    assertThat(Thread.activeCount() - threads).isLessThan(FEW);
    assertThat(usedHeap() - heap).isLessThan(4L << 20);
    await(well, report -> report.state() == GuestState.OK);
    assertThat(vms.subList(0, 5))
        .allSatisfy(
            vm -> {
              GuestReport report = loads.report(vm).orElseThrow();
              assertThat(report.state()).isIn(GuestState.NOT_ANSWERING, GuestState.REFUSED);
              assertThat(report.message()).isNotEmpty();
            });
  }

  private static void flood(String command, OutputStream out) throws IOException {
    byte[] chunk = new byte[1 << 16];
    for (int i = 0; i < 1600; i++) {
      out.write(chunk);
    }
  }

  private static void awaitAnswers(List<Counted> kinds, int count) throws InterruptedException {
    while (kinds.stream().anyMatch(kind -> kind.answers.get() < count)) {
      Thread.sleep(10);
    }
  }

  private static long openDescriptors() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.count();
    }
  }

  /** What stays in use: the least of some readings, as answers are under way at each. */
  private static long usedHeap() {
    return LongStream.generate(GuestLoadsTest::usedHeapNow).limit(10).min().orElseThrow();
  }

  private static long usedHeapNow() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static boolean isRefused(GuestReport report) {
    return report.state() == GuestState.REFUSED;
  }

  private static ScriptedAgent cpus(int count) {
    List<String> cpus = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cpus.add("{\"cpu\":" + i + ",\"user\":1,\"system\":1,\"idle\":1}");
    }
    return new ScriptedAgent().returns("guest-get-cpustats", cpus.toString());
  }

  private GuestLoad load(Vm vm) {
    GuestLoad real = loads.report(vm).orElseThrow().last().orElseThrow();
    return new GuestLoad(0, real.cpus(), real.loadAverages(), real.source());
  }

  private void ask(Duration interval, Duration timeout, Vm... vms) {
    GuestSettings settings = settings(interval.toMillis(), timeout.toMillis());
    loads = new GuestLoads(settings, HOST, System::nanoTime);
    loads.watch(List.of(vms));
  }

  private static GuestSettings settings(long intervalMs, long timeoutMs) {
    return new GuestSettings(
        true,
        Duration.ofMillis(intervalMs),
        Duration.ofMillis(timeoutMs),
        Optional.empty(),
        List.of());
  }

  private GuestReport await(Vm vm, Predicate<GuestReport> condition) throws InterruptedException {
    return awaitReport(() -> loads.report(vm).orElseThrow(), condition);
  }

  private static GuestReport awaitReport(
      Supplier<GuestReport> reports, Predicate<GuestReport> condition) throws InterruptedException {
    GuestReport report = reports.get();
    while (!condition.test(report)) {
      Thread.sleep(10);
      report = reports.get();
    }
    return report;
  }

  private static GuestLoad load(long atNs, long userNs) {
    GuestCpu cpu = new GuestCpu(OptionalInt.of(0), Map.of(GuestTime.USER, userNs));
    return new GuestLoad(atNs, List.of(cpu), Optional.empty(), GuestSource.QEMU_GUEST_AGENT);
  }

  private static void awaitThreads(String... names) throws InterruptedException {
    while (guestThreads().size() > names.length) {
      Thread.sleep(10);
    }
    assertThat(guestThreads()).containsExactlyInAnyOrder(names);
  }

  private static List<String> guestThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("guest vm"))
        .toList();
  }

  private Vm vm(int number, FakeAgent.Script script) throws IOException {
    FakeAgent agent = new FakeAgent(dir.resolve("qga" + number), script);
    agents.add(agent);
    return vm(number, Optional.of(new GuestAgentPort(Optional.of(agent.path()), false)));
  }

  private static Vm vm(int number, Optional<GuestAgentPort> port) {
    return new Vm(
        MY_PID,
        number,
        4,
        Vmm.QEMU,
        "vm" + number,
        true,
        Optional.empty(),
        List.of(),
        List.of(0, 1),
        Optional.empty(),
        List.of(),
        port,
        Optional.empty());
  }

  /** An agent that can be silenced. */
  private static final class Silenceable implements FakeAgent.Script {

    private final ScriptedAgent script = new ScriptedAgent();
    volatile boolean silent;

    Silenceable silence() {
      silent = true;
      return this;
    }

    @Override
    public void answer(String command, OutputStream out) throws IOException, InterruptedException {
      if (!silent) {
        script.answer(command, out);
      }
    }
  }

  /** Counts what an agent was asked. */
  private static final class Counted implements FakeAgent.Script {

    private final FakeAgent.Script script;
    private final AtomicInteger answers = new AtomicInteger();

    Counted(FakeAgent.Script script) {
      this.script = script;
    }

    @Override
    public void answer(String command, OutputStream out) throws IOException, InterruptedException {
      answers.incrementAndGet();
      script.answer(command, out);
    }
  }
}
