package dev.tourmaline.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;

/** Frames of the connector, as tests send them. */
final class Frames {

  private Frames() {}

  /** {@return a documented example payload, byte for byte, with its line breaks} */
  static String documented(String name) {
    try (InputStream in = Frames.class.getResourceAsStream("/payloads/" + name + ".json")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8)
          .stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return a frame with one page view} */
  static String pageview(String session, String path, long second) {
    return """
        {"type":"actions","product_id":"prod_abc","session_id":"%1$s","user_id":"u_%1$s","count":1,\
        "forwarded_at":%3$s.5,"actions":[{"index":0,"type":"pageview","title":"Page",\
        "description":"","timestamp_start":%3$s.0,"timestamp_end":%3$s.0,\
        "raw_url":"https://app.example.com%2$s","canonical_url":"https://app.example.com%2$s"}]}"""
        .formatted(session, path, Long.toString(second));
  }

  /** {@return the frame as a server-sent event; a line break becomes a further data line} */
  static String event(String frame) {
    return frame
        .lines()
        .map(line -> "data: " + line + "\n")
        .collect(Collectors.joining("", "", "\n"));
  }
}
