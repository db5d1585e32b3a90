package dev.tourmaline.workload;

import java.util.Locale;

/** The web application that the visitors use: 400 pages with five titles each. */
public final class Site {

  /** How many pages there are. */
  public static final int PAGES = 400;

  private static final String[] SECTIONS =
      "projects settings reports billing team integrations help inbox".split(" ");
  private static final String[] TOPICS =
      "overview members invoices exports webhooks permissions templates usage archive schedule"
          .split(" ");
  private static final String[] BUTTONS = {"Export", "Share", "Filter", "Edit", "Invite"};

  private Site() {}

  /** What a visitor does on a page; the two clicks go to two elements. */
  enum Kind {
    PAGEVIEW,
    CLICK,
    OTHER_CLICK,
    SUBMIT,
    TYPE;

    String type() {
      return this == OTHER_CLICK ? CLICK.type() : name().toLowerCase(Locale.ROOT);
    }
  }

  /** {@return the path of a page, from 0 on; the lower its number, the more often it is visited} */
  public static String path(int page) {
    String section = SECTIONS[page % SECTIONS.length];
    String topic = TOPICS[page / SECTIONS.length % TOPICS.length];
    int number = page / (SECTIONS.length * TOPICS.length);
    return "/" + section + "/" + topic + (number == 0 ? "" : "/" + number);
  }

  static String title(int page, Kind kind) {
    String name = path(page).substring(1).replace('/', ' ');
    return switch (kind) {
      case PAGEVIEW -> "Page Load: " + name;
      case CLICK -> "Click " + BUTTONS[page % BUTTONS.length] + " button on " + name;
      case OTHER_CLICK -> "Click More options link on " + name;
      case SUBMIT -> "Submit form of " + name;
      case TYPE -> "Type into search field of " + name;
    };
  }
}
