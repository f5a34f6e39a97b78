package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The web page in a real browser, over real guests: what is seen, by mouse, keyboard and phone. */
@LabTest
class PageIT {

  private static final Duration HISTORY = Duration.ofSeconds(20);
  private static final int MAX_OCTETS_BEFORE_DATA = 200_000;

  private static Daemon daemon;
  private static LinuxGuest mme;
  private static Payload sgw;

  private static Browser browser;

  @BeforeAll
  static void start(Lab lab) {
    daemon = Daemon.on(lab).http().start();
    mme = LinuxGuest.startWithFreeAgent(lab, "mme", "--vcpus", "2", "--pin", "1,2");
    sgw = Payload.start(lab, "sgw", "--pin", "1", "--phase", "v0:io=100000000");
    daemon.manager().awaitRow("mme", true);
    daemon.manager().awaitRow("sgw", true);
    sgw.beginPhase();
    browser = Browser.start();
    Await.sleep(HISTORY);
  }

  @AfterAll
  static void end() {
    browser.close();
    daemon.close();
    sgw.close();
    mme.close();
  }

  @BeforeEach
  void forget() {
    browser.resize(1280, 1600);
    browser.prefer("light");
    browser.open("about:blank");
    browser.complaints();
  }

  private void open(String place) {
    browser.open("http://" + daemon.httpAddress() + "/" + place);
  }

  @Test
  void theOverviewHasEachNetworkElementAndEachCpu() {
    open("");

    assertThat(browser.await("main table tbody tr a").stream().map(WebElement::getText))
        .contains("mme", "sgw");
    browser.awaitText("main", "CPUs of the host");
    browser.picture("overview");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aNetworkElementIsReachedByKeyboardAndHasItsCharts() {
    open("");
    browser.await("main table tbody tr a");

    browser.tabTo("mme");
    browser.type(Keys.ENTER);

    browser.await(".chart canvas");
    List<String> titles = browser.await(".chart h3").stream().map(WebElement::getText).toList();
    assertThat(titles)
        .contains(
            "Where the time went",
            "Exits a second, by class",
            "Guest beside host",
            "How long exits took",
            "Scheduling latency");
    browser.picture("network-element");
    browser.prefer("dark");
    browser.picture("network-element-dark");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void keysLeadBackInTimeAndToNow() {
    open("#ne=sgw");
    browser.awaitText("#state", "live");

    browser.script("document.getElementById('span').value = '3600'");
    browser.type(Keys.ARROW_LEFT);
    Await.until(
        "a time in the past",
        HISTORY,
        () -> browser.await("#live").get(0).getAttribute("aria-pressed").equals("false"));
    browser.awaitText("#state", "nothing is known of");
    browser.type("l");
    browser.awaitText("#state", "live");
    assertThat(browser.await("#live").get(0).getAttribute("aria-pressed")).isEqualTo("true");
  }

  @Test
  void thePageExplainsWhy() {
    open("#ne=sgw");

    browser.await("main p button").get(0).click();

    String text = browser.awaitText("main pre", "Effective load");
    Figures.show("%s", text);
    assertThat(text).contains("IO exits", "Likely causes");
    browser.picture("why");
  }

  @Test
  void aNetworkElementThatThereIsNotIsSaidInOneSentence() {
    open("#ne=nobody");

    assertThat(browser.awaitText("#state", "nobody")).contains("there were: mme, sgw");
  }

  @Test
  void aPhoneNeedsNoScrollingAside() {
    browser.resize(500, 900); // the narrowest that Chromium has
    open("#ne=mme");
    browser.await(".chart canvas");

    assertThat(
            browser.script(
                "const page = document.documentElement;"
                    + "return page.scrollWidth - page.clientWidth"))
        .isEqualTo(0L);
    browser.picture("phone");
  }

  @Test
  void thePageIsSmall() {
    open("");
    browser.await("main table");

    Object octets =
        browser.script(
            """
            return performance.getEntriesByType('navigation')
              .concat(performance.getEntriesByType('resource'))
              .filter((entry) => !entry.name.includes('/api/'))
              .reduce((sum, entry) => sum + entry.transferSize, 0)
            """);

    Figures.show("octets of the page before any data: %s", octets);
    assertThat(((Number) octets).longValue()).isBetween(1L, (long) MAX_OCTETS_BEFORE_DATA);
  }
}
