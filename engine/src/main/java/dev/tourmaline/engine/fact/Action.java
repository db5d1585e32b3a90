package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.session.SessionKey;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * One user interface action, just taken in.
 *
 * <p>A step rule starts from it and asks the rest of the history through it. It stays in the Drools
 * session only for rules that join it with later ones, and then for as long as the longest of those
 * rules looks back; the expiry below only keeps Drools from choosing a shorter time by itself.
 */
@Role(Role.Type.EVENT)
@Timestamp("at")
@Expires("48h")
public final class Action extends SessionFact {

  private final UiAction action;
  private final int kind;
  private final Page page;

  /**
   * Makes the fact of an action that its history has taken in. Called by the engine.
   *
   * @param session whose action it is
   * @param userId the session's user, or empty text
   * @param history the session's history
   * @param action the action
   * @param at when it happened, in milliseconds since the epoch
   */
  public Action(SessionKey session, String userId, History history, UiAction action, long at) {
    this(session, userId, history, action, at, history.pageOf(action));
  }

  private Action(
      SessionKey session, String userId, History history, UiAction action, long at, Page page) {
    super(session, userId, history, at, page.pathId);
    this.action = action;
    this.kind = ActionKind.of(action.type());
    this.page = page;
  }

  /** {@return the action as it came} */
  public UiAction source() {
    return action;
  }

  /** {@return the lower-case type: pageview, click, submit, type, focus, blur or a newer one} */
  public String getType() {
    return action.type();
  }

  /** {@return whether this is a page view} */
  public boolean isPageview() {
    return kind == ActionKind.PAGEVIEW;
  }

  /** {@return whether this is a click} */
  public boolean isClick() {
    return kind == ActionKind.CLICK;
  }

  /** {@return whether this is a submit} */
  public boolean isSubmit() {
    return kind == ActionKind.SUBMIT;
  }

  /** {@return whether something was typed} */
  public boolean isTyping() {
    return kind == ActionKind.TYPE;
  }

  /** {@return whether a field was entered} */
  public boolean isFocus() {
    return kind == ActionKind.FOCUS;
  }

  /** {@return whether a field was left} */
  public boolean isBlur() {
    return kind == ActionKind.BLUR;
  }

  /** {@return whether this is a page view that begins a visit} */
  public boolean isVisit() {
    return ask(Question.VISIT, ActionKind.PAGEVIEW, "", "") != 0;
  }

  /** {@return the human-readable label} */
  public String getTitle() {
    return action.title();
  }

  /** {@return what the user did, in words} */
  public String getDescription() {
    return action.description();
  }

  /** {@return the path of the URL as the browser showed it} */
  public String getRawPath() {
    return page.rawPath;
  }

  /** {@return the query of the URL as the browser showed it, without the question mark} */
  public String getQuery() {
    return page.query;
  }

  /** {@return the fragment of the URL as the browser showed it, without the hash} */
  public String getFragment() {
    return page.fragment;
  }

  /** {@return the host of the URL as the browser showed it} */
  public String getHost() {
    return page.host;
  }

  /**
   * {@return how many clicks on this very element, that is this page and title, the window holds}
   *
   * @param window how far back
   */
  public int elementClicksWithin(String window) {
    return (int) ask(Question.CLICKS_ON_ELEMENT, ActionKind.CLICK, action.title(), window);
  }

  @Override
  int placeBefore() {
    return place() - 1;
  }

  @Override
  public String identity() {
    return getAt() + "|" + getType() + "|" + action.rawUrl() + "|" + getTitle();
  }

  @Override
  public String toString() {
    return "Action[%s %s '%s']".formatted(getType(), getPath(), getTitle());
  }
}
