package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.InstantSource;
import java.util.Optional;

/** Asks the policy once more about an admitted trigger. */
record PolicyCheck(PolicyMemory policy, TourTrigger trigger, InstantSource clock)
    implements PreDeliveryCheck {

  @Override
  public Optional<String> objection() {
    return policy.objection(trigger, clock.instant());
  }

  @Override
  public boolean isUserUndisputed() {
    return !policy.isDisputed(trigger.session(), clock.instant());
  }
}
