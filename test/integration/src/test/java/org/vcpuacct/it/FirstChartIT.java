package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The page of a daemon on this machine shows its first chart within a second. The lab is no place
 * for that: a host under emulation is some fifty times slower than a real one.
 */
@Isolated("a time is measured")
class FirstChartIT {

  private static final String RECORDED_HOST = Project.file("test/hosts/qemu-7.2");
  private static final String NETWORK_ELEMENT = "epc-mme";
  private static final int OPENED = 5;
  private static final long MAX_MS = 1_000;

  @Test
  void eachOpeningShowsItsFirstChartSoon() {
    try (ThisMachine host = new ThisMachine();
        Daemon daemon = Daemon.on(host).http().with("--root", RECORDED_HOST).start();
        Browser browser = Browser.start()) {
      List<Long> ms = new ArrayList<>();
      for (int time = 0; time < OPENED; time++) {
        browser.open("about:blank"); // only another page makes it a new request
        browser.open("http://" + daemon.httpAddress() + "/#ne=" + NETWORK_ELEMENT);
        ms.add(browser.msToFirst(".chart canvas", "chart"));
      }
      Figures.show("from the request for the page to its first chart, ms: %s", ms);
      assertThat(ms).allMatch(one -> one > 0 && one <= MAX_MS);
    }
  }
}
