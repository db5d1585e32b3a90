package dev.tourmaline.engine.internal.drools.runtime;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.drools.runtime.RuleSession.RetainedAction;
import dev.tourmaline.engine.internal.fact.ActionFact;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.serial.SessionLog;
import dev.tourmaline.engine.session.SessionKey;

/** The codec of retained actions: each with its memoised results and the rules that match it. */
final class RetainedLog {

  private static final Saved NOTHING = new Saved(0, new RetainedAction[0]);

  private RetainedLog() {}

  /**
   * What stands in a log.
   *
   * @param fingerprint the program whose rules took the actions
   * @param actions in the order in which they were inserted
   */
  record Saved(int fingerprint, RetainedAction[] actions) {}

  static void write(RetainedAction[] actions, int fingerprint, SessionLog.Writer log) {
    log.number(actions.length);
    if (actions.length > 0) {
      log.number(fingerprint);
    }
    for (RetainedAction action : actions) {
      log.number(action.at());
      log.number(action.insertedAt());
      log.number(action.retention());
      log.text(action.action().getUserId());
      ActionLog.write(action.action().source(), log);
      action.action().writeResults(log);
      log.number(action.rules().length);
      for (long word : action.rules()) {
        log.number(word);
      }
    }
  }

  static Saved read(SessionKey session, History history, SessionLog.Reader log) {
    int count = log.size(log.number());
    if (count == 0) {
      return NOTHING;
    }
    int fingerprint = (int) log.number();
    RetainedAction[] actions = new RetainedAction[count];
    for (int i = 0; i < count; i++) {
      long at = log.number();
      long insertedAt = log.number();
      long retention = log.number();
      String userId = log.text();
      UiAction source = ActionLog.read(log);
      ActionFact action = new ActionFact(session, userId, history, source, at);
      action.readResults(log);
      long[] rules = new long[log.size(log.number())];
      for (int word = 0; word < rules.length; word++) {
        rules[word] = log.number();
      }
      actions[i] = new RetainedAction(action, insertedAt, rules, retention);
    }
    return new Saved(fingerprint, actions);
  }
}
