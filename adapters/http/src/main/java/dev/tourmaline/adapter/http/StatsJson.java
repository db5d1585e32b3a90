package dev.tourmaline.adapter.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.effect.ArmFigures;
import dev.tourmaline.engine.effect.EffectReport;
import dev.tourmaline.engine.effect.RuleEffect;
import dev.tourmaline.engine.listener.EngineStats;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Counters and effects as JSON for operators; what is not known is left out. */
final class StatsJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private StatsJson() {}

  /** {@return those of an engine, and of each of its tenants} */
  static ObjectNode of(TourEngine engine) {
    ObjectNode object = of(engine.stats(), engine.effects());
    Map<String, EngineStats> tenants = engine.statsByTenant();
    if (!tenants.isEmpty()) {
      Map<String, EffectReport> effects = engine.effectsByTenant();
      ObjectNode products = object.putObject("products");
      tenants.forEach(
          (id, stats) -> products.set(id, of(stats, effects.getOrDefault(id, engine.effects()))));
    }
    return object;
  }

  private static ObjectNode of(EngineStats stats, EffectReport effects) {
    ObjectNode counts = MAPPER.valueToTree(stats);
    ObjectNode rejected = counts.putObject("rejected");
    new TreeMap<>(stats.rejected())
        .forEach((reason, times) -> rejected.put(JsonBody.word(reason), times));
    ObjectNode object = Responses.object();
    object.set("counts", counts);
    ObjectNode report =
        object
            .putObject("effects")
            .put("at", DecisionJson.seconds(effects.at()))
            .put("confidence", effects.confidence());
    ArrayNode rules = report.putArray("rules");
    effects.rules().forEach(rule -> rules.add(effect(rule)));
    return object;
  }

  private static ObjectNode effect(RuleEffect effect) {
    ObjectNode object =
        Responses.object()
            .put("rule", effect.rule())
            .put("verdict", effect.verdict().word())
            .put("remark", effect.remark())
            .put("goal", effect.goal())
            .put("window_seconds", effect.window().toSeconds())
            .put("holdout", effect.holdout());
    object.set("treated", arm(effect.treated()));
    object.set("held_out", arm(effect.heldOut()));
    put(object, "difference", effect.difference());
    object
        .putObject("interval")
        .put("low", effect.interval().low())
        .put("high", effect.interval().high())
        .put("confidence", effect.interval().confidence());
    object
        .put("waiting", effect.waiting())
        .put("excluded_testers", effect.excludedTesters())
        .put("excluded_both_arms", effect.excludedBothArms())
        .put("not_enrolled", effect.notEnrolled());
    object
        .putObject("ratio")
        .put("users", effect.ratio().users())
        .put("held_out", effect.ratio().heldOut())
        .put("expected_held_out", effect.ratio().expectedHeldOut())
        .put("is_mismatch", effect.ratio().isMismatch());
    put(object, "visible_difference", effect.visibleDifference());
    return object.put("users_needed", effect.usersNeeded());
  }

  private static ObjectNode arm(ArmFigures arm) {
    ObjectNode object =
        Responses.object().put("users", arm.users()).put("successes", arm.successes());
    put(object, "rate", arm.rate());
    return object;
  }

  private static void put(ObjectNode object, String key, OptionalDouble value) {
    value.ifPresent(known -> object.put(key, known));
  }
}
