package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.internal.policy.KnownAttributes;
import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.internal.policy.Surroundings;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/** What the last checks of triggers ask, where no lane knows anything of their visitors. */
final class Checks {

  private Checks() {}

  static PolicyCheck.Sources of(
      PolicyMemory policy, ScheduledExecutorService scheduler, InstantSource clock) {
    return new PolicyCheck.Sources(
        policy,
        KnownAttributes.ofTokens(),
        trigger -> CompletableFuture.completedStage(Surroundings.unknown()),
        scheduler,
        clock);
  }
}
