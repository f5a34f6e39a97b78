package org.vcpuacct.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** Chromium without a window, which talks to nobody but the page. */
final class Browser implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path profile;
  private final ChromeDriver driver;

  private Browser(Path profile, ChromeDriver driver) {
    this.profile = profile;
    this.driver = driver;
  }

  /** Starts one. */
  static Browser start() {
    try {
      Path profile = Files.createTempDirectory("chromium");
      ChromeOptions options = new ChromeOptions();
      options.setBinary(onPath("chromium").toString());
      options.addArguments(
          "--headless",
          "--no-sandbox", // which root cannot have
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--user-data-dir=" + profile);
      ChromeDriverService service =
          new ChromeDriverService.Builder()
              .usingDriverExecutable(onPath("chromedriver").toFile())
              .build();
      return new Browser(profile, new ChromeDriver(service, options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + program));
  }

  void open(String address) {
    driver.get(address);
  }

  /** As wide and high as that, in CSS pixels. */
  void resize(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  /** As whoever prefers dark colours sees it, or light ones. */
  void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** The elements that a CSS selector finds, once there is one. */
  List<WebElement> await(String selector) {
    Await.until(selector, LIMIT, () -> !driver.findElements(By.cssSelector(selector)).isEmpty());
    return driver.findElements(By.cssSelector(selector));
  }

  /** The text of an element, once it contains this. */
  String awaitText(String selector, String part) {
    Await.until("\"" + part + "\" in " + selector, LIMIT, () -> text(selector).contains(part));
    return text(selector);
  }

  private String text(String selector) {
    return String.valueOf(
        script("return document.querySelector(arguments[0])?.textContent ?? ''", selector));
  }

  /**
   * From the request for the page to the first mark of that name, once there is such an element.
   */
  long msToFirst(String selector, String mark) {
    await(selector);
    String start = "return Math.round(performance.getEntriesByName(arguments[0])[0].startTime)";
    return (Long) script(start, mark);
  }

  /** Types into whatever has the focus. */
  void type(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Goes on with the Tab key until the focus is on an element with this text. */
  void tabTo(String text) {
    for (int i = 0; i < 50; i++) {
      type(Keys.TAB);
      if (driver.switchTo().activeElement().getText().equals(text)) {
        return;
      }
    }
    throw new AssertionError("the Tab key does not lead to " + text);
  }

  Object script(String text, Object... arguments) {
    return driver.executeScript(text, arguments);
  }

  /** What the page and the browser had to complain of, the breaches of its policy included. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** A picture of what is seen, for whoever looks at it. */
  void picture(String name) {
    Path file = Project.OUTPUT.resolve("pictures").resolve(name + ".png");
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
    try (var files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
