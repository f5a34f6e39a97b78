package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a guest reads of the load-shedding input over AF_VSOCK, and what nobody gets there. */
@LabTest
@Tag("any-kernel")
class GuestFeedIT {

  private static final int CID = 30;
  private static final int PORT = 1161;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Test
  void aGuestReadsItsOwnNetworkElementAndNoOther(Lab lab) {
    String feed =
        "[overload.feed]\ndirectory = \"/run/feed\"\ngroup = \"root\"\nvsock-port = %d"
            .formatted(PORT);
    try (LinuxGuest guest =
            LinuxGuest.startWithFreeAgent(
                lab, "vsock-1", "--cid", Integer.toString(CID), "--workload", "idle");
        Daemon daemon = Daemon.on(lab).snmp(feed).start()) {
      daemon.manager().awaitRow(guest.name(), true);
      // Two lines: the first at once, the second of another step.
      List<String> lines =
          Await.value(
              "lines for the guest",
              LIMIT,
              () -> Optional.of(read(guest, "")).filter(read -> read.size() >= 2));
      Figures.show("the guest reads: %s", lines.get(lines.size() - 1));
      assertThat(lines)
          .allSatisfy(
              line ->
                  assertThat(line).startsWith("{\"ne\":\"vsock-1\",").contains("\"reduction\":"));

      assertThat(String.join("\n", read(guest, "{\"ne\":\"another\"}")))
          .contains("error", "its own network element only")
          .doesNotContain("\"another\"");
      assertThat(ofLoopback(lab)).contains("error", "no VM of this host").doesNotContain("vsock-1");
    }
  }

  /** What the guest hears in some two seconds that it has sent this. */
  private static List<String> read(LinuxGuest guest, String request) {
    String say = request.isEmpty() ? "" : "echo '" + request + "'; ";
    String command =
        "(" + say + "sleep 2.5) | timeout 4 socat -t 0.2 - VSOCK-CONNECT:2:" + PORT + " || true";
    return guest.run(command).lines().toList();
  }

  /** What a process of the host hears. */
  private static String ofLoopback(Lab lab) {
    String command = "timeout 3 socat -u VSOCK-CONNECT:1:" + PORT + " -";
    return lab.run("sh", "-c", command).out();
  }
}
