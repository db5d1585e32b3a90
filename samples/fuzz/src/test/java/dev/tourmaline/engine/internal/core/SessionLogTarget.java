package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.drools.compile.Compilation;
import dev.tourmaline.engine.internal.drools.compile.RuleCompiler;
import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.fact.ActionFact;
import dev.tourmaline.engine.internal.hash.KeyedHash;
import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.history.PagePaths;
import dev.tourmaline.engine.internal.serial.DamagedLogException;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The logs of sleeping sessions, a piece of which is overwritten: the session wakes, or its log is
 * called damaged. The first three bytes of an input say which log, from where and how much of it;
 * the rest is put in its place.
 */
public final class SessionLogTarget {

  private static final SessionKey KEY = new SessionKey("prod_abc", "ps_1");
  private static final long NOW = 1_700_000_000_000L;
  private static final RuleProgram PROGRAM = program();
  private static final PagePaths PATHS = new PagePaths(KeyedHash.random(), 6);
  private static final SessionLogs LOGS = new SessionLogs(SessionLogTarget::history);
  private static final List<byte[]> GENUINE = List.of(log(0), log(1), log(5), log(20));

  private SessionLogTarget() {}

  private static RuleProgram program() {
    Compilation compilation =
        RuleCompiler.compile(
            RuleSet.of(
                "joins.drl",
                """
                package joins
                rule "Click, then submit" @flow("j1")
                when
                  $a : Action( click, visitsWithin("10m") >= 0 )
                  $b : Action( submit, this after[0s,60s] $a )
                then tours.offer($b, "after " + $a.getTitle()); end
                rule "Idle" @flow("j2")
                when $i : Idle( reached("2m") )
                then tours.offer($i, "idle"); end
                """));
    if (compilation instanceof Compilation.Refused refused) {
      throw new IllegalStateException(refused.problems().toString());
    }
    return new RuleProgram(((Compilation.Compiled) compilation).rules());
  }

  private static RuleEvaluator evaluator() {
    return new RuleEvaluator(PROGRAM, true, 100, failure -> {});
  }

  private static History history(SessionKey key) {
    return new History(PATHS, new CoverageGaps(), SessionLimits.defaults());
  }

  /** A session's log after so many actions, more pages than the cache of paths holds. */
  private static byte[] log(int actions) {
    RuleEvaluator evaluator = evaluator();
    UserSession session = new UserSession(KEY, history(KEY), "user_1", NOW, NOW);
    for (int i = 0; i < actions; i++) {
      long at = NOW + i * 1_000L;
      UiAction action =
          UiAction.builder(i % 3 == 1 ? "click" : "pageview")
              .index(i * 2)
              .title(i % 4 == 0 ? "half \uD83D" : "Plan " + i)
              .start(Instant.ofEpochMilli(at))
              .url("https://shop.example/" + (i % 5 == 0 ? new UUID(i, i) : "plans/" + i))
              .build();
      session.history.take(action, at, at, true);
      session.newestArrived(at);
      evaluator.evaluate(session, new ActionFact(KEY, "user_1", session.history, action, at));
    }
    byte[] log = LOGS.save(session, evaluator);
    evaluator.close(session);
    return log;
  }

  private static byte[] damaged(byte[] input) {
    byte[] genuine = GENUINE.get((input[0] & 0xFF) % GENUINE.size());
    int from = Math.min(input[1] & 0xFF, genuine.length);
    int to = Math.min(from + (input[2] & 0xFF), genuine.length);
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    log.write(genuine, 0, from);
    log.write(input, 3, input.length - 3);
    log.write(genuine, to, genuine.length - to);
    return log.toByteArray();
  }

  /** Does what takes long at first. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput("!!!".getBytes(StandardCharsets.US_ASCII));
  }

  /** Holds an input to the property. */
  public static void fuzzerTestOneInput(byte[] input) {
    byte[] log = input.length < 3 ? input : damaged(input);
    RuleEvaluator evaluator = evaluator();
    unlessDamaged(() -> SessionHeader.key(log));
    unlessDamaged(() -> SessionHeader.user(log));
    unlessDamaged(() -> SessionHeader.of(log).dueAt(new Timers(PROGRAM), NOW));
    unlessDamaged(() -> new SessionWindow(1_800_000, 86_400_000).endOf(new SleepingSession(log)));
    unlessDamaged(
        () -> {
          UserSession session = LOGS.load(KEY, log, evaluator, NOW);
          byte[] again = LOGS.save(session, evaluator);
          evaluator.close(session);
          UserSession twice = LOGS.load(KEY, again, evaluator, NOW);
          byte[] andAgain = LOGS.save(twice, evaluator);
          evaluator.close(twice);
          if (!Arrays.equals(again, andAgain)) {
            throw new IllegalStateException("what was woken does not come back the same");
          }
        });
  }

  private static void unlessDamaged(Runnable reading) {
    try {
      reading.run();
    } catch (DamagedLogException e) {
      if (e.getMessage() == null) {
        throw new IllegalStateException("says not what is damaged", e);
      }
    }
  }
}
