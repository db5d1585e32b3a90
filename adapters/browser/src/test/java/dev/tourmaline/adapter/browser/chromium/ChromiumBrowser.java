package dev.tourmaline.adapter.browser.chromium;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The Chromium of this machine. Where there is none, the browser tests are skipped and say how to
 * get one; with {@code TOURMALINE_BROWSER_TESTS=required}, in the environment or as a system
 * property, they fail.
 */
public final class ChromiumBrowser implements AutoCloseable {

  private static final List<String> PLACES =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/usr/bin/google-chrome-stable",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

  private static final String ADVICE =
      "no Chromium was found: install one (Debian: apt-get install chromium) or name it in the"
          + " environment variable TOURMALINE_CHROMIUM";

  private static final List<String> ARGUMENTS =
      List.of(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;

  private ChromiumBrowser(Path executable) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setHeadless(true)
                    .setArgs(ARGUMENTS));
  }

  /** Starts it, or skips the tests of this class, or fails where they are required. */
  public static ChromiumBrowser startOrSkip() {
    return new ChromiumBrowser(foundOrSkipped(find(), isRequired()));
  }

  static Path foundOrSkipped(Optional<Path> executable, boolean required) {
    if (executable.isEmpty()) {
      if (required) {
        Assertions.fail(ADVICE);
      }
      System.err.println("BROWSER TESTS SKIPPED: " + ADVICE);
      Assumptions.abort(ADVICE);
    }
    return executable.orElseThrow();
  }

  private static boolean isRequired() {
    return Stream.of(
            System.getProperty("TOURMALINE_BROWSER_TESTS"),
            System.getenv("TOURMALINE_BROWSER_TESTS"))
        .anyMatch("required"::equals);
  }

  private static Optional<Path> find() {
    return Stream.concat(Stream.ofNullable(System.getenv("TOURMALINE_CHROMIUM")), PLACES.stream())
        .filter(place -> !place.isBlank())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** {@return the running browser} */
  public Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
