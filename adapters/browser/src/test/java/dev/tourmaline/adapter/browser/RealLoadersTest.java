package dev.tourmaline.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import dev.tourmaline.adapter.browser.npm.NpmPackage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rows of hosted providers behind their real loaders from npm, which ask the provider's host for
 * the SDK: that request is held, and answered with the stand-in.
 */
@Tag("real-sdk")
@ExtendWith(PageOfItsOwn.class)
class RealLoadersTest {

  enum Loader {
    USERTOUR(
        "usertour",
        "",
        "t1 shown",
        """
        import loader from '/npm/usertour.mjs';
        loader.init('token'); loader.identify('ada');
        """),
    USERFLOW(
        "userflow",
        "",
        "t1 shown unconfirmed",
        """
        import loader from '/npm/userflow.mjs';
        loader.init('token'); loader.identify('ada');
        """),
    USERPILOT(
        "userpilot", "", "t1 shown", "Userpilot.initialize('token'); Userpilot.identify('ada');"),
    USERPILOT_WRAPPER(
        "userpilot",
        "sdk: Userpilot,",
        "t1 shown",
        "Userpilot.initialize('token'); Userpilot.identify('ada');"),
    INTERCOM(
        "intercom",
        "",
        "t1 shown unconfirmed",
        "require('./index').Intercom({ app_id: 'token', user_id: 'ada' });"),
    CHAMELEON(
        "chameleon",
        "",
        "t1 shown",
        "module.exports.init('token'); module.exports.identify('ada');");

    private final String provider;
    private final String options;
    private final String report;
    private final String use;

    Loader(String provider, String options, String report, String use) {
      this.provider = provider;
      this.options = options;
      this.report = report;
      this.use = use;
    }

    /**
     * {@return what loads the loader itself} A package of CommonJS gets what a bundler gives it.
     */
    String head(TourSite site) {
      return switch (provider) {
        case "usertour" -> module(site, NpmPackage.USERTOUR, "dist/usertour.es.js");
        case "userflow" -> module(site, NpmPackage.USERFLOW, "dist/userflow.es.js");
        case "userpilot" -> {
          site.file("/npm/userpilot.js", NpmPackage.USERPILOT.file("lib/index.js"));
          yield "<script src=\"/npm/userpilot.js\"></script>";
        }
        case "chameleon" -> {
          site.file("/npm/chameleon.js", NpmPackage.CHAMELEON.file("index.js"));
          yield "<script>window.module = { exports: {} };</script>"
              + "<script src=\"/npm/chameleon.js\"></script>";
        }
        default -> {
          StringBuilder bundle = new StringBuilder("const parts = {");
          for (String part : List.of("index", "instance-manager", "constants")) {
            String text = text(NpmPackage.INTERCOM.file("dist/" + part + ".js"));
            bundle.append("'./%s'(exports) {%n%s%n},".formatted(part, text));
          }
          site.file("/npm/intercom.js", bundle + BUNDLED);
          yield "<script src=\"/npm/intercom.js\"></script>";
        }
      };
    }

    private static final String BUNDLED =
        """
        };
        const made = {};
        function require(name) {
          if (!made[name]) parts[name]((made[name] = {}));
          return made[name];
        }
        """;

    private String module(TourSite site, NpmPackage loader, String file) {
      site.file("/npm/" + provider + ".mjs", loader.file(file));
      return "";
    }
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static String standIn(String name) {
    try (InputStream file =
        RealLoadersTest.class.getResourceAsStream("/standins/" + name + ".js")) {
      return text(file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final List<Route> held = new ArrayList<>();

  private void start(Loader loader, TourPage page) {
    page.page().route(url -> !url.contains("//localhost"), held::add);
    String head = loader.head(page.site()) + "<script src=\"/standins/tool.js\"></script>";
    page.open(head, loader.options + "provider: '" + loader.provider + "'");
    page.site().file("/npm/use.mjs", loader.use);
    page.run("import('/npm/use.mjs').then(() => true)");
    page.page().waitForCondition(() -> !held.isEmpty());
    page.site().trigger("t1", "7");
    page.awaitTold("trigger t1 waits: its provider is not ready");
  }

  private void load(Loader loader) {
    held.get(0)
        .fulfill(
            new Route.FulfillOptions()
                .setContentType("text/javascript")
                .setHeaders(Map.of("Access-Control-Allow-Origin", "*"))
                .setBody(standIn(loader.provider) + "; tool.load();"));
  }

  @ParameterizedTest
  @EnumSource
  void aSdkThatLoadsAfterFiveSecondsIsAskedThen(Loader loader, TourPage page) {
    start(loader, page);
    page.advance(5);
    assertThat(page.reports()).isEmpty();
    page.run(
        "tool.listeners.push((what) => what === 'shown' && (window.shown = (window.shown ?? 0) + 1))");
    load(loader);
    page.page().waitForSelector("#tour-box, #usertour-widget");
    page.advance(11);
    page.assertReported(loader.report);
    assertThat(page.run("shown")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aSdkThatNeverLoadsFailsAndNothingPopsUpOnceItDoes(Loader loader, TourPage page) {
    start(loader, page);
    page.advance(31);
    String failed = "t1 failed: %s was not ready within 30 s: its SDK has not loaded (window.%s)";
    String global =
        Map.of("intercom", "Intercom", "chameleon", "chmln")
            .getOrDefault(loader.provider, loader.provider);
    page.assertReported(failed.formatted(loader.provider, global));
    load(loader);
    page.page().waitForFunction("() => tool.load.toString() !== '() => {}'");
    page.advance(20);
    assertThat(page.page().querySelector("#tour-box, #usertour-widget")).isNull();
    assertThat(page.reports()).hasSize(1);
  }
}
