package dev.tourmaline.storefront;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A sliding count of one session's visits to the billing page, as the rule "Billing revisited"
 * counts them, for the side panel: a reload is no visit, and a visit counts for ten minutes. Not
 * thread-safe.
 */
final class BillingVisits {

  static final int NEEDED = 3;

  private static final String PAGE = "/settings/billing";
  private static final Duration WINDOW = Duration.ofMinutes(10);

  private final Deque<Instant> visits = new ArrayDeque<>();
  private String shownPage = "";
  private Instant lastSubmit = Instant.MIN;
  private String progress = "";

  /** {@return what an action that has just happened means for the count, or empty text} */
  String after(CapturedAction action) {
    String page = path(action.rawUrl());
    boolean isView = action.type().equals("pageview");
    boolean isReload = isView && page.equals(shownPage);
    shownPage = isView ? page : shownPage;
    if (!page.equals(PAGE)) {
      return "";
    }
    Instant from = action.at().minus(WINDOW);
    visits.removeIf(visit -> visit.isBefore(from));
    if (action.type().equals("submit")) {
      lastSubmit = action.at();
    }
    if (isView && !isReload) {
      visits.add(action.at());
      progress = "visit %d of %d".formatted(Math.min(visits.size(), NEEDED), NEEDED);
      return lastSubmit.isBefore(from) ? progress : progress + ", but a form was sent here";
    }
    return isReload ? "a reload is no visit: still " + progress : "";
  }

  /** {@return how far the count has come, or empty text} */
  String progress() {
    return progress;
  }

  private static String path(String url) {
    try {
      String path = URI.create(url).getPath();
      return path == null ? "" : path;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
