package dev.tourmaline.adapter.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
          "providers.js",
          "events.js",
          "claim.js",
          "link.js",
          "tour.js",
          "client.js",
          "tourmaline.js");

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
    PARTS.forEach(part -> joined.append(withoutModuleSyntax(read(part))).append('\n'));
    joined.append("return { connect, providers };\n})();\n");
    String module =
        joined + "export default Tourmaline;\nexport const { connect, providers } = Tourmaline;\n";
    String script = "(() => {\n" + joined + "globalThis.Tourmaline = Tourmaline;\n})();\n";
    return Map.of(
        MODULE, module.getBytes(StandardCharsets.UTF_8),
        SCRIPT, script.getBytes(StandardCharsets.UTF_8));
  }

  private static String withoutModuleSyntax(String source) {
    return source
        .replaceAll("(?m)^import [^;]*;\n+", "")
        .replaceAll("(?m)^export \\{[^}]*\\};\n", "")
        .replaceAll("(?m)^export ", "");
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
