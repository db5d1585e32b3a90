package dev.tourmaline.engine.internal.fact;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.fact.Action;
import dev.tourmaline.engine.internal.history.ActionKind;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.history.Page;
import dev.tourmaline.engine.session.SessionKey;

/** The fact of an action that its history holds. */
public final class ActionFact extends HistoryFact implements Action {

  private final UiAction action;
  private final int kind;
  private final Page page;

  public ActionFact(SessionKey session, String userId, History history, UiAction action, long at) {
    this(session, userId, history, action, at, history.pageOf(action));
  }

  private ActionFact(
      SessionKey session, String userId, History history, UiAction action, long at, Page page) {
    super(session, userId, history, at, page.pathId());
    this.action = action;
    this.kind = ActionKind.of(action.type());
    this.page = page;
  }

  @Override
  public Class<Action> type() {
    return Action.class;
  }

  /** {@return the number of its kind, of {@link ActionKind}} */
  public int kind() {
    return kind;
  }

  public UiAction source() {
    return action;
  }

  @Override
  public String getType() {
    return action.type();
  }

  @Override
  public boolean isVisit() {
    return ask(HistoryQuery.VISIT, ActionKind.PAGEVIEW, "", "") != 0;
  }

  @Override
  public String getTitle() {
    return action.title();
  }

  @Override
  public String getDescription() {
    return action.description();
  }

  @Override
  public String getRawPath() {
    return page.rawPath();
  }

  @Override
  public String getQuery() {
    return page.query();
  }

  @Override
  public String getFragment() {
    return page.fragment();
  }

  @Override
  public String getHost() {
    return page.host();
  }

  @Override
  public int elementClicksWithin(String window) {
    return (int) ask(HistoryQuery.CLICKS_ON_ELEMENT, ActionKind.CLICK, action.title(), window);
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
