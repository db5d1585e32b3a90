package dev.tourmaline.engine;

import dev.tourmaline.engine.internal.live.EngineRuntime;
import dev.tourmaline.engine.internal.live.LiveSettings;
import dev.tourmaline.engine.rule.RuleSet;
import java.nio.file.Path;
import java.util.Optional;

/** The engine on the concurrent runtime, which takes rules as sets and as bases. */
final class LiveEngine extends EngineRuntime implements TourEngine {

  private final Optional<Path> compileCache;

  LiveEngine(LiveSettings settings, RuleBase rules, Optional<Path> compileCache) {
    super(settings, rules.newProgram());
    this.compileCache = compileCache;
  }

  @Override
  public void replaceRules(RuleSet rules) {
    replaceRules(RuleBase.compile(rules, compileCache));
  }

  @Override
  public void replaceRules(RuleBase rules) {
    moveTo(rules.newProgram());
  }
}
