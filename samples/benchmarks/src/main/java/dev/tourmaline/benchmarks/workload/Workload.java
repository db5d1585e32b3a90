package dev.tourmaline.benchmarks.workload;

import dev.tourmaline.engine.rule.RuleSet;
import java.io.File;
import java.io.Serializable;
import java.util.List;

/** What an engine has to do with its frames, and the folder for its compiled rules. */
public record Workload(Style style, int rules, boolean offering, int lanes, File cache)
    implements Serializable {

  public Workload withoutOffers() {
    return new Workload(style, rules, false, lanes, cache);
  }

  public List<Behaviour> behaviours() {
    return style.behaviours(rules);
  }

  public RuleSet ruleSet() {
    return Behaviour.rules(behaviours(), offering);
  }
}
