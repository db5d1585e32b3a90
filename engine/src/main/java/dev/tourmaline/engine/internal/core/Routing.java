package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.session.SessionKey;

/**
 * Key extraction: the session and the user of an event. An action's own session wins over its
 * batch's; a user stands in for none.
 */
public final class Routing {

  private Routing() {}

  /** {@return the session of an action, or empty text where it has neither session nor user} */
  public static String sessionId(ActionsEvent batch, UiAction action) {
    if (batch.productId().isBlank()) {
      return "";
    }
    String session = firstPresent(action.sessionId(), batch.sessionId());
    return session.isEmpty() ? userId(batch, action) : session;
  }

  /** {@return the user of an action, or empty text} */
  public static String userId(ActionsEvent batch, UiAction action) {
    return firstPresent(action.userId(), batch.userId());
  }

  /** {@return the session of an event, or empty text where it has neither session nor user} */
  public static String sessionId(StreamEvent event) {
    return firstPresent(event.sessionId(), event.userId());
  }

  /** {@return whether tables may keep all of these ids} */
  public static boolean areShort(String productId, String sessionId, String userId) {
    return productId.length() <= SessionKey.LONGEST_ID
        && sessionId.length() <= SessionKey.LONGEST_ID
        && userId.length() <= SessionKey.LONGEST_ID;
  }

  private static String firstPresent(String first, String second) {
    if (!first.isBlank()) {
      return first;
    }
    return second.isBlank() ? "" : second;
  }
}
