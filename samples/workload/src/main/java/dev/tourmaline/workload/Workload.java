package dev.tourmaline.workload;

import dev.tourmaline.engine.RuleBase;
import dev.tourmaline.engine.rule.RuleSet;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an engine has to do with its frames.
 *
 * @param offering whether the rules offer tours; if not, they have a last condition that is never
 *     true, to weigh sessions without what is decided about them
 */
public record Workload(Style style, int rules, boolean offering, int lanes, Vocabulary vocabulary)
    implements Serializable {

  public static Workload steps(int rules, int lanes, Vocabulary vocabulary) {
    return new Workload(Style.STEP, rules, true, lanes, vocabulary);
  }

  public Workload withoutOffers() {
    return new Workload(style, rules, false, lanes, vocabulary);
  }

  public List<Behaviour> behaviours() {
    return style.behaviours(rules, vocabulary);
  }

  public RuleSet ruleSet() {
    String drl = behaviours().stream().map(Behaviour::drl).collect(Collectors.joining("\n"));
    String silent = drl.replace(" )\nthen", ", actionsWithin(\"1s\") > 1000 )\nthen");
    return RuleSet.of("generated.drl", offering ? drl : silent);
  }

  public RuleBase compiled() {
    return RuleBase.compile(ruleSet());
  }
}
