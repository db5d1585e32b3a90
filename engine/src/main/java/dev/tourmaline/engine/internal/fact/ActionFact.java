package dev.tourmaline.engine.internal.fact;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.fact.Action;
import dev.tourmaline.engine.internal.history.ActionKind;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.history.PagePath;
import dev.tourmaline.engine.internal.history.PageUrl;
import dev.tourmaline.engine.internal.serial.SessionLog;
import dev.tourmaline.engine.session.SessionKey;

/** The fact of an action that its history holds. */
public final class ActionFact extends HistoryFact implements Action {

  private final int kind;
  private KeptTexts texts;

  public ActionFact(SessionKey session, String userId, History history, UiAction action, long at) {
    this(session, userId, history, at, history.pathOf(action), KeptTexts.all(action));
  }

  private ActionFact(
      SessionKey session, String userId, History history, long at, PagePath path, KeptTexts texts) {
    super(session, userId, history, at, path);
    this.kind = ActionKind.of(texts.type());
    this.texts = texts;
  }

  /** {@return the fact of the action that its history took last} */
  public static ActionFact ofTaken(
      SessionKey session, String userId, History history, UiAction action, long at) {
    return new ActionFact(session, userId, history, at, history.takenPath(), KeptTexts.all(action));
  }

  /** {@return an action of the past, of which its history has kept the kind, page and time} */
  public static ActionFact ofPast(SessionKey session, String userId, History history, int place) {
    KeptTexts none = new KeptTexts(0, ActionKind.type(history.kind(place)), "", "", "", false);
    return new ActionFact(session, userId, history, history.time(place), history.path(place), none);
  }

  /**
   * Keeps no more texts than these: the action belongs to the past.
   *
   * @param reads bits of {@link ActionText}
   */
  public void keepOnly(int reads) {
    texts = texts.only(reads & texts.bits());
  }

  /** {@return the texts that are kept, as bits of {@link ActionText}} */
  public int kept() {
    return texts.bits();
  }

  /** {@return an upper estimate of the memory that the kept texts take, in bytes} */
  public int weight() {
    return texts.weight();
  }

  /** Writes what {@link #read} needs but for its session, its user and its time. */
  public void write(SessionLog.Writer log) {
    log.text(path().text());
    texts.write(log);
    writeResults(log);
  }

  /** {@return an action that {@link #write} wrote} */
  public static ActionFact read(
      SessionKey session, String userId, History history, long at, SessionLog.Reader log) {
    PagePath path = history.path(log.text());
    ActionFact fact = new ActionFact(session, userId, history, at, path, KeptTexts.read(log));
    fact.readResults(log);
    return fact;
  }

  @Override
  public Class<Action> type() {
    return Action.class;
  }

  /** {@return the number of its kind, of {@link ActionKind}} */
  public int kind() {
    return kind;
  }

  @Override
  public String getType() {
    return texts.type();
  }

  @Override
  public boolean isVisit() {
    return ask(HistoryQuery.VISIT, ActionKind.PAGEVIEW, "", "") != 0;
  }

  @Override
  public String getTitle() {
    return texts.title();
  }

  @Override
  public String getDescription() {
    return texts.description();
  }

  @Override
  public String getRawPath() {
    return PageUrl.path(texts.url());
  }

  @Override
  public String getQuery() {
    return PageUrl.query(texts.url());
  }

  @Override
  public String getFragment() {
    return PageUrl.fragment(texts.url());
  }

  @Override
  public String getHost() {
    return PageUrl.host(texts.url());
  }

  @Override
  public int elementClicksWithin(String window) {
    return (int) ask(HistoryQuery.CLICKS_ON_ELEMENT, ActionKind.CLICK, getTitle(), window);
  }

  @Override
  int placeBefore() {
    return place() - 1;
  }

  @Override
  public String identity() {
    return getAt() + "|" + getType() + "|" + texts.rawUrl() + "|" + getTitle();
  }

  @Override
  public String toString() {
    return "Action[%s %s '%s']".formatted(getType(), getPath(), getTitle());
  }
}
