package dev.tourmaline.benchmarks.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The web application that the visitors use: 400 pages with five titles each. */
public final class Site {

  /** How many pages there are. */
  public static final int PAGES = 400;

  private static final String ORIGIN = "https://app.example.com";
  private static final String[] SECTIONS = {
    "projects", "settings", "reports", "billing", "team", "integrations", "help", "inbox"
  };
  private static final String[] TOPICS = {
    "overview",
    "members",
    "invoices",
    "exports",
    "webhooks",
    "permissions",
    "templates",
    "usage",
    "archive",
    "schedule"
  };
  private static final String[] BUTTONS = {"Export", "Share", "Filter", "Edit", "Invite"};
  private static final String[] QUERIES = {"", "?ref=list", "?tab=details"};

  private static final Site SITE = new Site();

  private final byte[][] heads = new byte[PAGES * Kind.values().length][];
  private final byte[][] urls = new byte[PAGES * QUERIES.length][];

  /** What a visitor does on a page; the two clicks go to two elements. */
  enum Kind {
    PAGEVIEW("pageview"),
    CLICK("click"),
    OTHER_CLICK("click"),
    SUBMIT("submit"),
    TYPE("type");

    final String type;

    Kind(String type) {
      this.type = type;
    }
  }

  private Site() {
    for (int page = 0; page < PAGES; page++) {
      for (Kind kind : Kind.values()) {
        String title = title(page, kind);
        String text =
            "\"type\": \"%s\", \"title\": \"%s\", \"description\": \"%s\", \"timestamp_start\": "
                .formatted(kind.type, title, "User did on " + path(page) + ": " + title);
        heads[page * Kind.values().length + kind.ordinal()] = text.getBytes(UTF_8);
      }
      for (int query = 0; query < QUERIES.length; query++) {
        String url = ORIGIN + path(page);
        String text =
            ", \"raw_url\": \"%s\", \"canonical_url\": \"%s\", "
                .formatted(url + QUERIES[query], url);
        urls[page * QUERIES.length + query] = text.getBytes(UTF_8);
      }
    }
  }

  static Site site() {
    return SITE;
  }

  /**
   * {@return the path of a page; the lower the number, the more often it is visited}
   *
   * @param page its number, from 0 to {@link #PAGES} - 1
   */
  public static String path(int page) {
    String section = SECTIONS[page % SECTIONS.length];
    String topic = TOPICS[page / SECTIONS.length % TOPICS.length];
    int number = page / (SECTIONS.length * TOPICS.length);
    return "/" + section + "/" + topic + (number == 0 ? "" : "/" + number);
  }

  private static String title(int page, Kind kind) {
    String name = path(page).substring(1).replace('/', ' ');
    String button = BUTTONS[page % BUTTONS.length];
    return switch (kind) {
      case PAGEVIEW -> "Page Load: " + name;
      case CLICK -> "Click " + button + " button on " + name;
      case OTHER_CLICK -> "Click More options link on " + name;
      case SUBMIT -> "Submit form of " + name;
      case TYPE -> "Type into search field of " + name;
    };
  }

  /** An action's fields from its type to the name of its start. */
  byte[] head(int page, Kind kind) {
    return heads[page * Kind.values().length + kind.ordinal()];
  }

  /** An action's URLs, with one of three queries. */
  byte[] urls(int page, int query) {
    return urls[page * QUERIES.length + query];
  }

  static int queries() {
    return QUERIES.length;
  }
}
