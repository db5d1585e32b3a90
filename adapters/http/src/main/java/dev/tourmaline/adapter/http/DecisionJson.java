package dev.tourmaline.adapter.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tourmaline.engine.control.Switch;
import dev.tourmaline.engine.explain.Explanation;
import dev.tourmaline.engine.explain.RuleAccount;
import dev.tourmaline.engine.ledger.TriggerLedger;
import dev.tourmaline.engine.ledger.TriggerLedger.RecordedDecision;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Offer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decisions, explanations and switches as JSON for operators; times are seconds since the epoch. No
 * user is named.
 */
final class DecisionJson {

  private final TriggerLedger ledger;

  /** {@code ledger} may know what became of triggers. */
  DecisionJson(TriggerLedger ledger) {
    this.ledger = ledger;
  }

  ObjectNode of(SessionKey session, List<RecordedDecision> decisions) {
    ObjectNode object = of(session);
    add(object.putArray("decisions"), decisions);
    return object;
  }

  private static ObjectNode of(SessionKey session) {
    return Responses.object()
        .put("product_id", session.productId())
        .put("session_id", session.sessionId());
  }

  private void add(ArrayNode array, List<RecordedDecision> decisions) {
    decisions.forEach(one -> array.add(decision(one)));
  }

  private ObjectNode decision(RecordedDecision recorded) {
    Decision decision = recorded.decision();
    ObjectNode object = Responses.object().put("decision", decision.word());
    if (decision instanceof Decision.Suppressed suppressed) {
      object.put("gate", JsonBody.word(suppressed.reason())).put("detail", suppressed.detail());
    } else if (decision instanceof Decision.HeldOut heldOut) {
      object.put("detail", "holdout of " + (heldOut.by().equals("all") ? "all rules" : "the rule"));
    } else if (decision instanceof Decision.Shadow shadow) {
      object.put("detail", shadow.why());
    }
    Offer offer = decision.offer();
    object
        .put("rule", offer.rule())
        .put("flow_id", offer.flowId())
        .put("id", offer.id())
        .put("reason", offer.reason())
        .put("at", seconds(offer.at()))
        .put("times", recorded.times());
    Map<String, Delivery> deliveries = ledger.deliveries(offer.id());
    if (!deliveries.isEmpty()) {
      ObjectNode sinks = object.putObject("deliveries");
      new TreeMap<>(deliveries).forEach((sink, delivery) -> sinks.set(sink, delivery(delivery)));
    }
    return object;
  }

  private static ObjectNode delivery(Delivery delivery) {
    ObjectNode object = Responses.object().put("delivery", delivery.word());
    String why =
        delivery instanceof Delivery.Withdrawn withdrawn
            ? withdrawn.why()
            : delivery instanceof Delivery.Refused refused
                ? refused.why()
                : delivery instanceof Delivery.Retry retry ? retry.why() : "";
    return why.isEmpty() ? object : object.put("detail", why);
  }

  ObjectNode of(Explanation explanation) {
    ObjectNode object = of(explanation.session());
    object.put("known", explanation.visit().isPresent());
    explanation
        .visit()
        .ifPresent(
            visit -> {
              ObjectNode seen = object.putObject("visit");
              seen.put("user_known", visit.userKnown()).put("actions", visit.actions());
              visit.last().ifPresent(last -> seen.set("last_action", action(last)));
            });
    add(object.putArray("decisions"), explanation.decisions());
    ArrayNode rules = object.putArray("rules");
    explanation.rules().forEach(rule -> rules.add(account(rule)));
    return object.put("rules_left_out", explanation.rulesLeftOut());
  }

  private static ObjectNode action(Explanation.PastAction action) {
    return Responses.object()
        .put("kind", action.kind())
        .put("page", action.page())
        .put("at", seconds(action.at()));
  }

  private ObjectNode account(RuleAccount account) {
    ObjectNode object =
        Responses.object()
            .put("rule", account.rule())
            .put("flow_id", account.flowId())
            .put("account", account.word());
    if (account instanceof RuleAccount.Decided decided) {
      object.set("last_decision", decision(decided.last()));
    } else if (account instanceof RuleAccount.Missed missed) {
      object.set("nearest", action(missed.nearest()));
      ArrayNode constraints = object.putArray("constraints");
      missed.checks().forEach(check -> constraints.add(check(check)));
      object.put("remark", missed.remark());
    } else if (account instanceof RuleAccount.Untold untold) {
      object.put("remark", untold.why());
    }
    return object;
  }

  private static ObjectNode check(RuleAccount.Check check) {
    return Responses.object()
        .put("constraint", check.constraint())
        .put("verdict", JsonBody.word(check.verdict()))
        .put("detail", check.detail());
  }

  static ObjectNode of(Switch set) {
    ObjectNode object = Responses.object().put("scope", JsonBody.word(set.scope()));
    if (!set.productId().isEmpty()) {
      object.put("product_id", set.productId());
    }
    if (!set.name().isEmpty()) {
      object.put("name", set.name());
    }
    return object
        .put("on", set.on())
        .put("actor", set.actor())
        .put("reason", set.reason())
        .put("at", seconds(set.at()));
  }

  static BigDecimal seconds(Instant at) {
    return BigDecimal.valueOf(at.toEpochMilli(), 3);
  }
}
