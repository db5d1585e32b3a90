package dev.tourmaline.engine;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.trigger.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a listener hears of an engine whose clock the test moves. */
final class Recorded implements EngineListener {

  static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

  final MutableClock clock = new MutableClock(T0);
  final List<Decision> decisions = new CopyOnWriteArrayList<>();
  final List<RuleFailure> failures = new CopyOnWriteArrayList<>();
  final List<String> fatal = new CopyOnWriteArrayList<>();

  @Override
  public void decided(Decision decision) {
    decisions.add(decision);
  }

  @Override
  public void ruleFailed(RuleFailure failure) {
    failures.add(failure);
  }

  @Override
  public void fatal(String why, Throwable cause) {
    fatal.add(why);
  }

  /** A builder of an engine that this hears, with a budget that tests can wait for. */
  TourEngineBuilder engine(String... rules) {
    RuleSet all = RuleSet.empty();
    for (String rule : rules) {
      all = all.plus(RuleSet.of(all.sources().size() + ".drl", rule));
    }
    return TourEngine.builder(all)
        .lanes(1)
        .clock(clock)
        .ruleBudget(Duration.ofMillis(500))
        .listener(this);
  }

  /** An action of now. */
  ActionsEvent action(String session, String type, String path) {
    Instant now = clock.instant();
    UiAction action =
        UiAction.builder(type).url("https://app.example.com" + path).title(path).start(now).build();
    return ActionsEvent.builder("prod")
        .sessionId(session)
        .userId("u_" + session)
        .forwardedAt(now)
        .action(action)
        .build();
  }

  /** Actions of now, each naming its session itself. */
  List<UiAction> actionsOf(String session, String type, String path) {
    return action(session, type, path).actions().stream()
        .map(action -> named(action, session))
        .toList();
  }

  private static UiAction named(UiAction action, String session) {
    return UiAction.builder(action.type())
        .url(action.rawUrl())
        .title(action.title())
        .start(action.start().orElseThrow())
        .sessionId(session)
        .build();
  }

  /** The sessions of the decisions, in their order. */
  List<String> sessions() {
    return decisions.stream().map(decision -> decision.offer().session().sessionId()).toList();
  }
}
