package dev.tourmaline.engine.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The wire format's documented payloads, and frames made of text. */
public final class Frames {

  public static final byte[] ACTIONS = documented("actions.json");
  public static final byte[] SUMMARY = documented("summary.json");
  public static final byte[] TRIGGER = documented("usertour_trigger.json");

  private Frames() {}

  /** A batch whose list holds what stands between the brackets. */
  public static String batch(String actions) {
    return "{\"type\":\"actions\",\"product_id\":\"prod_abc\",\"session_id\":\"ps_1\",\"actions\":["
        + actions
        + "]}";
  }

  public static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] documented(String name) {
    try (InputStream in = Frames.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
