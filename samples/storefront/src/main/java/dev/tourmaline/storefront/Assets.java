package dev.tourmaline.storefront;

import dev.tourmaline.adapter.browser.BrowserClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Files that pages load: the product's own, the tour library's, the browser client's. */
final class Assets {

  private static final Pattern OWN = Pattern.compile("/assets/([a-z-]+\\.(?:js|css|svg))");
  private static final String WEBJAR = "/META-INF/resources/webjars/driver.js/0.9.8/dist/";
  private static final String CLIENT = "/vendor/" + BrowserClient.MODULE;
  private static final Map<String, String> VENDOR =
      Map.of(
          "/vendor/driver.min.js", WEBJAR + "driver.min.js",
          "/vendor/driver.min.css", WEBJAR + "driver.min.css");
  private static final Map<String, String> TYPES =
      Map.of("js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

  private Assets() {}

  /** A file's bytes and what they are. */
  record Asset(byte[] bytes, String contentType) {}

  static Optional<Asset> find(String path) {
    if (path.equals(CLIENT)) {
      return Optional.of(new Asset(BrowserClient.module(), BrowserClient.CONTENT_TYPE));
    }
    var own = OWN.matcher(path);
    String resource =
        own.matches() ? "/storefront/assets/" + own.group(1) : VENDOR.getOrDefault(path, "");
    if (resource.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        return Optional.empty();
      }
      String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
      return Optional.of(new Asset(in.readAllBytes(), type + ";charset=utf-8"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
