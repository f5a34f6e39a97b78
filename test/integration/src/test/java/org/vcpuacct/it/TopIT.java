package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code vcpuacct top} shows of real guests: printed, and on a terminal. */
@LabTest
@Tag("full")
class TopIT {

  /** Of commands: away from the storm, which goes on meanwhile, and from the daemon. */
  private static final List<String> APART = List.of("taskset", "-c", "2");

  private static final List<String> VCPUS = List.of("mme/0", "mme/1", "sgw/0", "sgw/1");

  /**
   * By how much the interval that top shows may differ from the seconds of the kernel's counter.
   */
  private static final double RATE_TOLERANCE = 0.15;

  private static Lab host;
  private static Daemon daemon;
  private static Payload mme;
  private static Payload sgw;

  @BeforeAll
  static void start(Lab lab) {
    host = lab;
    daemon = Daemon.on(lab).through("taskset", "-c", "0").http().start();
    String idle = "v0:idle=500000;v1:idle=500000";
    mme = Payload.start(lab, "mme", "--vcpus", "2", "--pin", "2", "--phase", idle);
    String storm = "v0:io=100000000;v1:spin=3600000";
    sgw = Payload.start(lab, "sgw", "--vcpus", "2", "--pin", "1", "--phase", storm);
    daemon.manager().awaitRow("mme", true);
    daemon.manager().awaitRow("sgw", true);
    mme.beginPhase();
    sgw.beginPhase();
    // On a busy machine the first one takes the lab longer than a command waits.
    daemon.readSnapshot();
  }

  @AfterAll
  static void end() {
    daemon.close();
    sgw.close();
    mme.close();
  }

  @Test
  void onceHasEveryVcpuAndTheRateOfTheStorm() {
    try (KernelCounter kernel = KernelCounter.read(host, "io_exits", sgw.pid())) {
      String text =
          Vcpuacct.through(host, APART, "top", "--once", "--socket", daemon.httpSocket())
              .orFail()
              .out();
      List<Double> rates = kernel.ratesPerSecond();

      Figures.show("top --once%n%s", text);
      List<String> lines = text.lines().toList();
      int gap = lines.indexOf("");
      List<String> ofVcpus =
          lines.subList(gap + 1, lines.size()).stream()
              .takeWhile(line -> !line.startsWith("alarm: "))
              .toList();
      TextTable nes = TextTable.ofWords(lines.subList(0, gap));
      TextTable vcpus = TextTable.ofWords(ofVcpus);

      assertThat(nes.rows().stream().map(row -> row.get("NE")))
          .containsExactlyInAnyOrder("mme", "sgw");
      assertThat(vcpus.rows().stream().map(TopIT::vcpu)).hasSameElementsAs(VCPUS);
      for (Map<String, String> row : vcpus.rows()) {
        assertSharesAreWhole(row, vcpus.between("load%", "exits/s"));
      }
      Map<String, String> storm =
          vcpus.rows().stream().filter(row -> vcpu(row).equals("sgw/0")).findFirst().orElseThrow();
      assertThat(storm).containsEntry("pCPU", "1");
      double shown = Double.parseDouble(storm.get("exits/s"));
      double slowest = Collections.min(rates);
      double fastest = Collections.max(rates);
      Figures.show("storm: %.0f exits/s, by KVM %.0f to %.0f", shown, slowest, fastest);
      // Beside those of I/O there are those by the host's own interrupts, which are few.
      assertThat(shown).isBetween(slowest * (1 - RATE_TOLERANCE), fastest * (1 + RATE_TOLERANCE));
    }
  }

  private static String vcpu(Map<String, String> row) {
    return row.get("VM") + "/" + row.get("vCPU");
  }

  /** Each is rounded to a tenth of a percent. */
  private static void assertSharesAreWhole(Map<String, String> row, List<String> lines) {
    double sum = lines.stream().mapToDouble(line -> Double.parseDouble(row.get(line))).sum();
    assertThat(sum).as("%s", row).isCloseTo(100, within(0.05 * lines.size()));
  }

  @Test
  void onATerminalItShowsWhatKeysAskForAndGivesItBack() {
    List<String> words = new ArrayList<>(APART);
    words.addAll(Vcpuacct.words(host, "top", "--socket", daemon.httpSocket()));
    try (Terminal terminal = Terminal.open(host, 80, 24, words)) {
      Figures.show("top%n%s", terminal.await("where time went"));
      assertThat(terminal.await(" over ")).contains(VCPUS);
      terminal.press("3");
      String exits = terminal.await("exits a second");
      Figures.show("top, key 3%n%s", exits);
      assertThat(headingOf(exits)).as("the most frequent first").matches("NE, its vCPUs +io .*");
      terminal.press("2");
      assertThat(headingOf(terminal.await("lines, % of time"))).contains("guest", "exit");
      terminal.press("/", "s", "g", "w", "Enter");
      assertThat(terminal.await("filter \"sgw\"")).contains("sgw/0").doesNotContain("mme/0");
      terminal.press("q");
      terminal.await("status 0");
      assertThat(terminal.await("as it was")).doesNotContain("sgw/0");
    }
  }

  private static String headingOf(String screen) {
    return screen.lines().filter(line -> line.startsWith("NE, ")).findFirst().orElseThrow();
  }
}
