package dev.tourmaline.daemon.config;

import dev.tourmaline.engine.trigger.Frequency;
import dev.tourmaline.engine.trigger.QuietHours;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads a block {@code policy}: that of the file, or of a product, which states what differs. */
final class PolicySection {

  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)\\s*%");

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
            .cooldown(section.duration("cooldown", wider.cooldown(), true))
            .betweenTours(section.duration("between_tours", wider.betweenTours(), true))
            .perUserPerHour(cap("per_user_per_hour", wider.perUserPerHour()))
            .perUserPerDay(cap("per_user_per_day", wider.perUserPerDay()))
            .perUserPerWeek(cap("per_user_per_week", wider.perUserPerWeek()))
            .freshFor(section.duration("fresh_for", wider.freshFor(), false))
            .invite(section.flag("invite", wider.invite()))
            .snooze(section.duration("snooze", wider.snooze(), false))
            .neverOn(neverOn(wider.neverOn()))
            .holdout(share("holdout", wider.holdout()))
            .mode(section.oneOf("mode", wider.mode()))
            .segments(segments(wider.segments()));
    section
        .section("quiet")
        .flatMap(PolicySection::quiet)
        .or(wider::quiet)
        .ifPresent(policy::quiet);
    section.end();
    return policy.build();
  }

  private int cap(String key, int wider) {
    return section.integer(key, wider, 1, Integer.MAX_VALUE);
  }

  private Frequency frequency(Frequency wider) {
    Optional<String> text = section.text("once_per");
    Optional<Frequency> frequency = text.flatMap(Frequency::parse);
    if (text.isPresent() && frequency.isEmpty()) {
      section.fault(
          "once_per",
          "is '%s', it must be user, session, always or such as '3 per 7d'"
              .formatted(section.raw("once_per")));
    }
    return frequency.orElse(wider);
  }

  private double share(String key, double wider) {
    Optional<String> text = section.text(key);
    Optional<Double> share =
        text.map(PERCENT::matcher)
            .filter(matcher -> matcher.matches())
            .map(matcher -> Double.parseDouble(matcher.group(1)) / 100)
            .filter(value -> value <= 1);
    if (text.isPresent() && share.isEmpty()) {
      section.fault(
          key, "is '%s', it must be a percentage from 0%% to 100%%".formatted(section.raw(key)));
    }
    return share.orElse(wider);
  }

  private List<String> neverOn(List<String> wider) {
    if (!section.has("never_on")) {
      return wider;
    }
    List<String> pages = new ArrayList<>();
    for (Section.Item page : section.texts("never_on")) {
      if (page.text().startsWith("/")) {
        pages.add(page.text());
      } else {
        section.fault(
            "never_on",
            "holds '%s', a page begins with /, such as /checkout/**".formatted(page.shown()));
      }
    }
    return pages;
  }

  private Map<String, String> segments(Map<String, String> wider) {
    Map<String, String> segments = new TreeMap<>(wider);
    section
        .section("segments")
        .ifPresent(
            block -> {
              for (String name : block.keys()) {
                block.text(name).ifPresent(expression -> segments.put(name, expression));
              }
              block.end();
            });
    return segments;
  }

  private static Optional<QuietHours> quiet(Section block) {
    block.missing("from", "such as \"22:00\"");
    block.missing("to", "such as \"07:00\"");
    Optional<LocalTime> from = value(block, "from", "a time such as \"22:00\"", LocalTime::parse);
    Optional<LocalTime> to = value(block, "to", "a time such as \"07:00\"", LocalTime::parse);
    Optional<ZoneId> zone =
        block.has("zone")
            ? value(block, "zone", "a time zone such as Europe/Berlin", ZoneId::of)
            : Optional.of(ZoneId.of("UTC"));
    block.end();
    return from.isEmpty() || to.isEmpty() || zone.isEmpty()
        ? Optional.empty()
        : Optional.of(new QuietHours(from.get(), to.get(), zone.get()));
  }

  private static <T> Optional<T> value(
      Section block, String key, String right, Function<String, T> reader) {
    try {
      return block.text(key).map(reader);
    } catch (DateTimeException e) {
      block.fault(key, "is '%s', it must be %s".formatted(block.raw(key), right));
      return Optional.empty();
    }
  }
}
