package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.fact.Windows;
import dev.tourmaline.engine.internal.drools.model.DrlToken;
import dev.tourmaline.engine.internal.history.ActionKind;
import dev.tourmaline.engine.internal.policy.Audience;
import dev.tourmaline.engine.trigger.Frequency;
import dev.tourmaline.engine.trigger.Goal;
import dev.tourmaline.engine.trigger.Guard;
import dev.tourmaline.engine.trigger.Mode;
import dev.tourmaline.engine.trigger.RuleTerms;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the annotations that say on what terms a rule's tours are shown. They are the engine's own:
 * Drools does not see them.
 */
final class RuleTermsReader {

  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?) ?%");
  private static final Pattern GOAL = Pattern.compile("(\\w+) (\\S+)");
  private static final Duration FOR_GOOD = Duration.ofDays(36_500);
  private static final Duration LONGEST_GOAL = Duration.ofDays(45);
  private static final Guard USUAL_GUARD = new Guard(0.5, 0.3);

  private final Map<String, Consumer<RuleAnnotation>> readers = new LinkedHashMap<>();
  private final RuleText rule;
  private final Problems problems;
  private final RuleTerms.Builder terms = RuleTerms.builder();

  RuleTermsReader(RuleText rule, Problems problems) {
    this.rule = rule;
    this.problems = problems;
    readers.put("mode", a -> word(a, "shadow", RuleTermsReader::mode).ifPresent(terms::mode));
    readers.put("freshFor", a -> duration(a, "60s").ifPresent(terms::freshFor));
    readers.put("showOn", this::showOn);
    readers.put("element", a -> word(a, "#save", this::text).ifPresent(terms::element));
    readers.put("invite", a -> flag(a).ifPresent(terms::invite));
    readers.put("followUp", a -> flag(a).ifPresent(terms::followUp));
    readers.put("oncePer", a -> word(a, "3 per 7d", Frequency::parse).ifPresent(terms::oncePer));
    readers.put("cooldown", a -> duration(a, "7d").ifPresent(terms::cooldown));
    readers.put("afterDismissal", this::afterDismissal);
    readers.put("from", a -> word(a, "2026-03-01", RuleTermsReader::time).ifPresent(terms::from));
    readers.put("until", a -> word(a, "2026-04-01", RuleTermsReader::time).ifPresent(terms::until));
    readers.put("rollout", a -> word(a, "20%", RuleTermsReader::share).ifPresent(terms::rollout));
    readers.put("holdout", a -> word(a, "10%", RuleTermsReader::share).ifPresent(terms::holdout));
    readers.put("audience", this::audience);
    readers.put("unless", this::unless);
    readers.put("guard", this::guard);
    readers.put("goal", this::goal);
  }

  /** {@return whether it is one of these annotations} */
  static boolean knows(String name) {
    return names().contains(name);
  }

  /** {@return their names, in the order of the documents} */
  static List<String> names() {
    return List.of(
        "mode",
        "freshFor",
        "showOn",
        "element",
        "invite",
        "followUp",
        "oncePer",
        "cooldown",
        "afterDismissal",
        "from",
        "until",
        "rollout",
        "holdout",
        "audience",
        "unless",
        "guard",
        "goal");
  }

  void read(RuleAnnotation annotation) {
    readers.getOrDefault(annotation.name().text(), a -> {}).accept(annotation);
  }

  RuleTerms terms() {
    RuleTerms read = terms.build();
    if (read.from().isPresent()
        && read.until().isPresent()
        && !read.from().get().isBefore(read.until().get())) {
      problems.error(
          rule,
          rule.line(),
          "@from is %s and @until %s: the rule never offers anything"
              .formatted(read.from().get(), read.until().get()));
    }
    return read;
  }

  private <T> Optional<T> word(
      RuleAnnotation annotation, String example, Function<String, Optional<T>> reader) {
    Optional<T> value =
        annotation.values().isEmpty() ? Optional.empty() : reader.apply(annotation.value().strip());
    if (value.isEmpty()) {
      wrong(annotation, "\"" + example + "\"");
    }
    return value;
  }

  private void wrong(RuleAnnotation annotation, String example) {
    String name = annotation.name().text();
    problems.error(
        rule,
        annotation.line(),
        "@%s(%s) is not understood; write it like @%s(%s)"
            .formatted(name, annotation.written(), name, example));
  }

  private Optional<Duration> duration(RuleAnnotation annotation, String example) {
    return word(annotation, example, Windows::parse);
  }

  private Optional<String> text(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private Optional<Boolean> flag(RuleAnnotation annotation) {
    if (annotation.values().isEmpty()) {
      return Optional.of(true);
    }
    String value = annotation.value();
    if (value.equals("true") || value.equals("false")) {
      return Optional.of(Boolean.valueOf(value));
    }
    wrong(annotation, "false");
    return Optional.empty();
  }

  private static Optional<Mode> mode(String text) {
    for (Mode mode : Mode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(text)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }

  private void showOn(RuleAnnotation annotation) {
    Optional<List<String>> pages =
        annotation
            .texts()
            .filter(
                all ->
                    all.stream()
                        .allMatch(page -> page.startsWith("/") || page.equals(RuleTerms.ANYWHERE)));
    pages.ifPresentOrElse(
        terms::showOn, () -> wrong(annotation, "\"/settings/**\", \"/invoices/:id\""));
  }

  private void afterDismissal(RuleAnnotation annotation) {
    word(
            annotation,
            "14d",
            text -> text.equals("never") ? Optional.of(FOR_GOOD) : Windows.parse(text))
        .ifPresent(terms::afterDismissal);
  }

  /** A day begins at midnight of UTC; a time names its offset. */
  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(
          text.length() <= 10
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Double> share(String text) {
    Matcher matcher = PERCENT.matcher(text);
    return matcher.matches()
        ? Optional.of(Double.parseDouble(matcher.group(1)) / 100).filter(share -> share <= 1)
        : Optional.empty();
  }

  private void audience(RuleAnnotation annotation) {
    Optional<String> audience = word(annotation, "User.attribute('plan') == 'pro'", this::text);
    if (audience.isPresent()) {
      Audience.fault(audience.get())
          .ifPresentOrElse(
              fault -> problems.error(rule, annotation.line(), "@audience: " + fault),
              () -> terms.audience(audience.get()));
    }
  }

  private void unless(RuleAnnotation annotation) {
    Optional<String> condition = word(annotation, "submittedWithin('10m')", this::text);
    if (condition.isPresent()) {
      Optional<String> fault = ExceptionCheck.fault(condition.get());
      if (fault.isPresent()) {
        problems.error(rule, annotation.line(), "@unless: " + fault.get());
      } else {
        terms.unless(condition.get());
      }
    }
  }

  private void guard(RuleAnnotation annotation) {
    if (annotation.values().isEmpty()) {
      terms.guard(USUAL_GUARD);
      return;
    }
    Optional<List<Double>> limits =
        annotation
            .texts()
            .map(texts -> texts.stream().flatMap(text -> share(text).stream()).toList())
            .filter(shares -> shares.stream().allMatch(share -> share > 0 && share < 1))
            .filter(shares -> shares.size() == annotation.texts().orElseThrow().size())
            .filter(shares -> shares.size() <= 2);
    limits.ifPresentOrElse(
        shares ->
            terms.guard(
                new Guard(
                    shares.get(0), shares.size() == 2 ? shares.get(1) : USUAL_GUARD.failures())),
        () -> wrong(annotation, "\"50%\", \"30%\""));
  }

  /** {@code @goal("submit /settings/billing", within "1d")}. */
  private void goal(RuleAnnotation annotation) {
    List<DrlToken> values = annotation.values();
    boolean shaped = values.size() == 4 && values.get(1).is(",") && values.get(2).is("within");
    Matcher what = GOAL.matcher(shaped ? values.get(0).unquoted().strip() : "");
    Optional<Duration> within = shaped ? Windows.parse(values.get(3).unquoted()) : Optional.empty();
    if (!what.matches()
        || within.isEmpty()
        || within.get().isZero()
        || within.get().compareTo(LONGEST_GOAL) > 0
        || !what.group(2).startsWith("/")
        || ActionKind.of(what.group(1)) == ActionKind.OTHER) {
      wrong(annotation, "\"submit /settings/billing\", within \"1d\"");
      return;
    }
    terms.goal(new Goal(what.group(1), what.group(2), within.get()));
  }
}
