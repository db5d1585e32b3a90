package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.control.SwitchStore;
import dev.tourmaline.engine.internal.policy.InMemoryUsers;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import dev.tourmaline.engine.user.Objections;
import dev.tourmaline.engine.user.UserAttributes;
import dev.tourmaline.engine.user.UserMemory;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * When a tour is welcome, and who knows what that takes.
 *
 * @param policy the limits
 * @param memory what is remembered of users
 * @param attributes what is known of users
 * @param objections who must not be processed
 * @param switches the kill switches
 */
public record PolicySettings(
    TriggerPolicy policy,
    UserMemory memory,
    UserAttributes attributes,
    Objections objections,
    SwitchStore switches) {

  /** {@return these with another policy} */
  PolicySettings with(TriggerPolicy other) {
    return new PolicySettings(other, memory, attributes, objections, switches);
  }

  /** {@return those of a policy, with everything else in memory} */
  public static PolicySettings of(TriggerPolicy policy) {
    return new PolicySettings(
        policy,
        new InMemoryUsers(),
        user -> CompletableFuture.completedFuture(Map.of()),
        Objections.inMemory(),
        SwitchStore.inMemory());
  }
}
