package dev.tourmaline.adapter.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The browser client as files that a host serves: {@value #MODULE} for {@code import}, and {@value
 * #SCRIPT} for a plain {@code <script>}, which defines the global {@code Tourmaline}. Both hold the
 * same code and load nothing else.
 *
 * <p>The code lies in this jar as ES modules, one for each concern; they are joined here, once.
 * Thread-safe.
 */
public final class BrowserClient {

  /** The name of the ES module. */
  public static final String MODULE = "tourmaline.js";

  /** The name of the plain script. */
  public static final String SCRIPT = "tourmaline.global.js";

  /** The content type of both. */
  public static final String CONTENT_TYPE = "text/javascript;charset=utf-8";

  /** In an order in which each needs only those before it. */
  static final List<String> PARTS =
      List.of(
          "page.js",
          "events.js",
          "claim.js",
          "outbox.js",
          "link.js",
          "providers/ids.js",
          "providers/appcues.js",
          "providers/chameleon.js",
          "providers/intercom.js",
          "providers/jimo.js",
          "providers/pendo.js",
          "providers/posthog.js",
          "providers/productfruits.js",
          "providers/userflow.js",
          "providers/userguiding.js",
          "providers/userpilot.js",
          "providers/usertour.js",
          "providers/usetiful.js",
          "providers.js",
          "libraries/flows.js",
          "libraries/driver.js",
          "libraries/intro.js",
          "libraries/shepherd.js",
          "libraries.js",
          "tour.js",
          "start.js",
          "screen.js",
          "focus.js",
          "dialogs.js",
          "invitation/texts.js",
          "invitation/style.js",
          "invitation/prompt.js",
          "invitation.js",
          "page-tours.js",
          "address.js",
          "guard.js",
          "terms.js",
          "visitor.js",
          "preferences.js",
          "client.js",
          "consent.js",
          "connection.js",
          "tourmaline.js");

  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (\\{[^}]*}) from '([^']*)';\n+");
  private static final Pattern EXPORT =
      Pattern.compile("(?m)^export (?:(?:async )?(?:const|function|class) (\\w+)|\\{([^}]*)};\n)");

  private static final Map<String, byte[]> FILES = files();

  private BrowserClient() {}

  /** {@return the ES module {@value #MODULE}, in UTF-8} */
  public static byte[] module() {
    return file(MODULE).orElseThrow();
  }

  /** {@return the plain script {@value #SCRIPT}, in UTF-8} */
  public static byte[] script() {
    return file(SCRIPT).orElseThrow();
  }

  /**
   * {@return the file of that name, for a host that serves by name; empty if there is none}
   *
   * @param name {@value #MODULE} or {@value #SCRIPT}
   */
  public static Optional<byte[]> file(String name) {
    return Optional.ofNullable(FILES.get(name)).map(byte[]::clone);
  }

  private static Map<String, byte[]> files() {
    StringBuilder joined =
        new StringBuilder(
            """
            /*! tourmaline.js: starts the tours that a Tourmaline server asks for. Apache-2.0. */
            const Tourmaline = (() => {
            'use strict';

            """);
    joined.append("const parts = {};\n");
    PARTS.forEach(part -> joined.append(scoped(part, read(part))));
    joined.append("return parts['tourmaline.js'];\n})();\n");
    String exports = "{ connect, providers, tours }";
    String module =
        joined + "export default Tourmaline;\nexport const " + exports + " = Tourmaline;\n";
    String script = "(() => {\n" + joined + "globalThis.Tourmaline = Tourmaline;\n})();\n";
    return Map.of(
        MODULE, module.getBytes(StandardCharsets.UTF_8),
        SCRIPT, script.getBytes(StandardCharsets.UTF_8));
  }

  /** A module as a function's body: its names stay its own, and what it exports is its result. */
  private static String scoped(String part, String source) {
    String body =
        IMPORT
            .matcher(source)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        "const %s = parts['%s'];\n"
                            .formatted(found.group(1), resolved(part, found.group(2)))));
    List<String> exported = new ArrayList<>();
    Matcher exports = EXPORT.matcher(body);
    while (exports.find()) {
      exported.add(exports.group(1) == null ? exports.group(2).strip() : exports.group(1));
    }
    return "\n// %s\nparts['%s'] = (() => {\n%sreturn { %s };\n})();\n"
        .formatted(
            part,
            part,
            body.replaceAll("(?m)^export \\{[^}]*};\n", "").replaceAll("(?m)^export ", ""),
            String.join(", ", exported));
  }

  /** {@return the part that another one imports by a path relative to its own} */
  static String resolved(String importing, String path) {
    return URI.create("/" + importing).resolve(path).getPath().substring(1);
  }

  private static String read(String part) {
    String path = "/dev/tourmaline/browser/" + part;
    try (InputStream in = BrowserClient.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }
}
