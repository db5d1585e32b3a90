package dev.tourmaline.workload;

import java.util.Locale;
import java.util.Set;

/**
 * The web application that the visitors use: 400 pages with five titles each. In an open vocabulary
 * three pages of ten are of items, which have ids.
 */
public final class Site {

  /** How many pages there are. */
  public static final int PAGES = 400;

  private static final String[] SECTIONS =
      "projects settings reports billing team integrations help inbox".split(" ");
  private static final String[] TOPICS =
      "overview members invoices exports webhooks permissions templates usage archive schedule"
          .split(" ");
  private static final Set<String> TOPICS_OF_ITEMS = Set.of("members", "invoices", "exports");
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
    int number = page / (SECTIONS.length * TOPICS.length);
    return "/" + section + "/" + topic(page) + (number == 0 ? "" : "/" + number);
  }

  /** {@return the same, where an open vocabulary has {@code :id} in the place of ids} */
  public static String path(int page, Vocabulary vocabulary) {
    boolean items = vocabulary == Vocabulary.OPEN && TOPICS_OF_ITEMS.contains(topic(page));
    return path(page) + (items ? "/:id" : "");
  }

  private static String topic(int page) {
    return TOPICS[page / SECTIONS.length % TOPICS.length];
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
