package dev.tourmaline.workload;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The two ways to write a rule, each with forms that name a page and forms that name none. */
public enum Style {
  /** The action that completes the moment, asked for what came before. */
  STEP(
      List.of(
          Form.REVISIT, Form.RAGE_CLICK, Form.PING_PONG, Form.REPEATED_SUBMIT, Form.MANY_CLICKS),
      List.of(
          Form.REVISIT,
          Form.CLICK_AFTER_VISIT,
          Form.PING_PONG,
          Form.REPEATED_SUBMIT,
          Form.CAME_FROM)),
  /** A real first action, then later ones, joined by the time between them. */
  PATTERN(
      List.of(Form.SUBMIT_THEN_SUBMIT, Form.SUBMIT_THEN_CLICK),
      List.of(Form.CLICK_THEN_SUBMIT, Form.VIEW_THEN_CLICK, Form.CLICK_VIEW_CLICK));

  private static final int[] SECONDS = {60, 120, 300, 600};

  private final List<Form> anywhere;
  private final List<Form> onPage;

  Style(List<Form> anywhere, List<Form> onPage) {
    this.anywhere = anywhere;
    this.onPage = onPage;
  }

  /**
   * {@return behaviours of varied forms, pages and thresholds, of which a third names no page; the
   * same for the same count, and a shorter list begins a longer}
   */
  public List<Behaviour> behaviours(int count) {
    return behaviours(count, Vocabulary.CLOSED);
  }

  /** {@return the same on the pages of a vocabulary} */
  public List<Behaviour> behaviours(int count, Vocabulary vocabulary) {
    return IntStream.range(0, count).mapToObj(number -> behaviour(number, vocabulary)).toList();
  }

  private Behaviour behaviour(int number, Vocabulary vocabulary) {
    boolean everywhere = number % 3 == 0;
    List<Form> forms = everywhere ? anywhere : onPage;
    int turn = everywhere ? number / 3 : number - number / 3 - 1;
    Form form = forms.get(turn % forms.size());
    int round = turn / forms.size();
    int seconds = SECONDS[round % SECONDS.length];
    if (everywhere) {
      // Without a page, thresholds are high: who means everybody starts no tours.
      int few =
          switch (form) {
            case RAGE_CLICK -> 3 + round % 3;
            case MANY_CLICKS -> 20 + 10 * (round % 3);
            case SUBMIT_THEN_SUBMIT, SUBMIT_THEN_CLICK -> 5 + round % 20;
            default -> seconds;
          };
      return new Behaviour(number, form, "", "", few, form.least() + 1 + round % 3);
    }
    String page = Site.path(turn * 7 % Site.PAGES, vocabulary);
    String other = Site.path((turn * 11 + 5) % Site.PAGES, vocabulary);
    int window = this == PATTERN ? 120 : seconds;
    return new Behaviour(number, form, page, other, window, form.least() + round % 2);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
