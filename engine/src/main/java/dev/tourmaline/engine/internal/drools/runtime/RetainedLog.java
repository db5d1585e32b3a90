package dev.tourmaline.engine.internal.drools.runtime;

import dev.tourmaline.engine.internal.drools.runtime.RuleSession.RetainedAction;
import dev.tourmaline.engine.internal.fact.ActionFact;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.serial.SessionLog;
import dev.tourmaline.engine.session.SessionKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * The codec of retained actions: each with its memoised results and the rules that match it, which
 * it names by their {@link RuleIdentity}. An action whose rules are all gone is left out.
 */
final class RetainedLog {

  /** In the place of a rule that is no longer there. */
  private static final int GONE = -1;

  private RetainedLog() {}

  static void write(RetainedAction[] actions, RuleProgram program, SessionLog.Writer log) {
    log.count(actions.length);
    if (actions.length == 0) {
      return;
    }
    BitSet used = new BitSet();
    for (RetainedAction action : actions) {
      used.or(BitSet.valueOf(action.rules()));
    }
    used.clear(program.rules().size(), Math.max(program.rules().size(), used.length()));
    log.count(used.cardinality());
    used.stream().forEach(rule -> log.fixed(program.identity(rule)));
    String userId = "";
    for (RetainedAction action : actions) {
      log.number(action.at());
      log.number(action.insertedAt() - action.at());
      log.count(action.retention());
      boolean sameUser = action.action().getUserId().equals(userId);
      log.octet(sameUser ? 1 : 0);
      if (!sameUser) {
        userId = action.action().getUserId();
        log.text(userId);
      }
      action.action().write(log);
      writeRules(BitSet.valueOf(action.rules()), used, log);
    }
  }

  /** The places in the table of the rules used, each as the distance from the one before. */
  private static void writeRules(BitSet rules, BitSet used, SessionLog.Writer log) {
    rules.and(used);
    log.count(rules.cardinality());
    int skipped = 0;
    for (int rule = used.nextSetBit(0); rule >= 0; rule = used.nextSetBit(rule + 1)) {
      if (rules.get(rule)) {
        log.count(skipped);
        skipped = 0;
      } else {
        skipped++;
      }
    }
  }

  static RetainedAction[] read(
      SessionKey session, History history, RuleProgram program, SessionLog.Reader log) {
    int count = log.size(log.count());
    if (count == 0) {
      return new RetainedAction[0];
    }
    int[] table = new int[log.size(log.count())];
    for (int i = 0; i < table.length; i++) {
      OptionalInt rule = program.ruleOf(log.fixed());
      table[i] = rule.orElse(GONE);
    }
    List<RetainedAction> actions = new ArrayList<>(count);
    String userId = "";
    for (int i = 0; i < count; i++) {
      long at = log.number();
      long insertedAt = at + log.number();
      long retention = log.count();
      userId = log.octet() == 0 ? log.text() : userId;
      ActionFact action = ActionFact.read(session, userId, history, at, log);
      long[] rules = readRules(table, program.words(), log);
      if (!RuleMask.isEmpty(rules)) {
        actions.add(new RetainedAction(action, insertedAt, rules, retention));
      }
    }
    return actions.toArray(RetainedAction[]::new);
  }

  private static long[] readRules(int[] table, int words, SessionLog.Reader log) {
    long[] rules = new long[words];
    int place = -1;
    for (int left = log.index(log.count(), table.length + 1); left > 0; left--) {
      place = log.index(place + 1 + log.count(), table.length);
      if (table[place] != GONE) {
        rules[table[place] >> 6] |= 1L << table[place];
      }
    }
    return rules;
  }
}
