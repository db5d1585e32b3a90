package dev.tourmaline.benchmarks.behaviour;

import java.util.List;

/** The two ways to write a rule. */
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

  private final List<Form> anywhere;
  private final List<Form> onPage;

  Style(List<Form> anywhere, List<Form> onPage) {
    this.anywhere = anywhere;
    this.onPage = onPage;
  }

  /** The forms that name no page. */
  List<Form> anywhere() {
    return anywhere;
  }

  /** The forms that name a page. */
  List<Form> onPage() {
    return onPage;
  }
}
