package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an operator reads in a terminal, on a host that lacks nothing. */
@LabTest
@Tag("full")
class CommandLineIT {

  private static final int LIMITS_FOUND = 1;
  private static final int CPU_COLUMN = 4;
  private static final int WAIT_COLUMN = 5;

  @Test
  void showPrintsARowForEachVcpu(Lab lab) {
    try (Payload guest =
        Payload.start(lab, "shown", "--vcpus", "2", "--phase", "v0:io=2000000000;v1:idle=1000")) {
      guest.beginPhase();
      Program.Result show = Vcpuacct.run(lab, "show");

      Figures.show("show%n%s", show);
      assertThat(show.status()).isZero();
      assertThat(show.out().lines().filter(line -> line.startsWith("shown")))
          .as("a row of lines and a row of exits for each")
          .hasSize(4);
      List<String> storm = List.of(lineOf(show.out(), "shown", "0").split(" +", -1));
      assertThat(storm).contains(Integer.toString(guest.threads().get(0)), "exact");
      assertThat(show.out()).containsPattern("shown +0 .*io [0-9.]+%");
      // It never sleeps, and what the host's other work takes of its time is a wait.
      double cpuPercent = Double.parseDouble(storm.get(CPU_COLUMN));
      double waitPercent = Double.parseDouble(storm.get(WAIT_COLUMN));
      assertThat(cpuPercent + waitPercent).isBetween(95.0, 101.0);
    }
  }

  @Test
  void checkFindsNothingToMend(Lab lab) {
    try (Payload guest = Payload.start(lab, "checked", "--phase", "v0:idle=1000")) {
      Program.Result check = Vcpuacct.run(lab, "check");

      Figures.show("check%n%s", check);
      assertThat(check.status()).isZero();
      assertThat(check.out()).contains("gets   exact").doesNotContain("limit");
      assertThat(guest.threads()).hasSize(1);
    }
  }

  @Test
  void checkSaysWhatIsMissingAndHowToMendIt(Lab lab) {
    String hide = "umount -l /sys/kernel/tracing && umount -l /sys/kernel/debug && exec \"$@\"";
    String config = lab.put("counted.toml", "[agent]\nbest-tier = \"counted\"\n");
    List<String> hiding = List.of("unshare", "--mount", "sh", "-c", hide, "sh");
    Program.Result check = Vcpuacct.through(lab, hiding, "check", "--config", config);

    Figures.show("check without tracefs%n%s", check);
    assertThat(check.status()).isEqualTo(LIMITS_FOUND);
    assertThat(check.out())
        .contains("gets   sampled")
        .contains("limit  no tracefs at /sys/kernel/tracing")
        .contains("mend mount -t tracefs tracefs /sys/kernel/tracing");
  }

  private static String lineOf(String table, String vm, String vcpu) {
    return table
        .lines()
        .filter(line -> line.matches(vm + " +" + vcpu + " .*"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no vCPU " + vcpu + " of " + vm + ":\n" + table));
  }
}
