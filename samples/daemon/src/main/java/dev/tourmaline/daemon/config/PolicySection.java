package dev.tourmaline.daemon.config;

import dev.tourmaline.engine.trigger.Frequency;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.util.Optional;

/** Reads a block {@code policy}: that of the file, or of a product, which states what differs. */
final class PolicySection {

  private final Section section;

  PolicySection(Section section) {
    this.section = section;
  }

  /**
   * {@return the policy}
   *
   * @param wider what holds where the block is silent
   */
  TriggerPolicy read(TriggerPolicy wider) {
    TriggerPolicy.Builder policy =
        TriggerPolicy.builder()
            .oncePer(frequency(wider.oncePer()))
            .betweenTours(section.duration("between_tours", wider.betweenTours(), true))
            .perUserPerDay(
                section.integer("per_user_per_day", wider.perUserPerDay(), 1, Integer.MAX_VALUE));
    String holdout = section.text("holdout").orElse("0%");
    if (!holdout.matches("\\d{1,3}(\\.\\d+)?\\s*%")) {
      section.fault(
          "holdout", "is '%s', it must be a percentage: 0%%".formatted(section.raw("holdout")));
    } else if (!holdout.matches("0+(\\.0+)?\\s*%")) {
      section.fault(
          "holdout",
          "is '%s', but a holdout is not yet available; it must be 0%%"
              .formatted(section.raw("holdout")));
    }
    section.notYet("quiet", "leave it out: tours are welcome at any hour");
    section.end();
    return policy.build();
  }

  private Frequency frequency(Frequency wider) {
    Optional<String> text = section.text("once_per");
    if (text.isEmpty()) {
      return wider;
    }
    Optional<Frequency> frequency = Frequency.parse(text.get());
    if (frequency.isEmpty()) {
      section.fault(
          "once_per",
          "is '%s', it must be user, session, always or such as '3 per 7d'"
              .formatted(section.raw("once_per")));
    }
    return frequency.orElse(wider);
  }
}
