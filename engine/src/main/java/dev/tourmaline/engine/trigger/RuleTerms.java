package dev.tourmaline.engine.trigger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * On what terms a rule's tours are shown: the annotations of its head. What a rule leaves open the
 * {@link TriggerPolicy} of its product decides. Immutable; made by {@link #builder()}.
 *
 * @param mode {@code @mode}: live, shadow or test
 * @param freshFor {@code @freshFor}: the largest {@linkplain Moment#age age} of a moment
 * @param showOn {@code @showOn}: the pages on which the tour may start, as paths in which {@code *}
 *     stands for any text within one segment, {@code **} for any text and {@code :id} for one
 *     segment; {@value #ANYWHERE} for all; empty for the page of the match
 * @param element {@code @element}: a CSS selector of what must be visible in the page; empty text
 *     for nothing
 * @param invite {@code @invite}: whether the visitor is asked first
 * @param followUp {@code @followUp}: whether an offer on the outcome of a tour follows that tour
 *     without the time between tours
 * @param oncePer {@code @oncePer}: how often the flow is shown
 * @param cooldown {@code @cooldown}: the least time between two tours of the flow
 * @param afterDismissal {@code @afterDismissal}: how long a dismissal holds the flow back, where
 *     that is longer than a day
 * @param from {@code @from}: when it begins to offer
 * @param until {@code @until}: when it ends to
 * @param rollout {@code @rollout}: the share of users whom it serves, from 0 to 1
 * @param holdout {@code @holdout}: the share of users from whom its tours are held back to measure
 *     their effect, from 0 to 1
 * @param audience {@code @audience}: an expression over the attributes of users; empty text for
 *     everybody
 * @param unless {@code @unless}: a constraint on the session; while it holds, the tour is not
 *     shown; empty text for none
 * @param guard {@code @guard}: when the rule goes into shadow by itself
 * @param goal {@code @goal}: by what its effect is judged
 */
public record RuleTerms(
    Optional<Mode> mode,
    Optional<Duration> freshFor,
    List<String> showOn,
    String element,
    Optional<Boolean> invite,
    boolean followUp,
    Optional<Frequency> oncePer,
    Optional<Duration> cooldown,
    Optional<Duration> afterDismissal,
    Optional<Instant> from,
    Optional<Instant> until,
    double rollout,
    double holdout,
    String audience,
    String unless,
    Optional<Guard> guard,
    Optional<Goal> goal) {

  /** What {@code @showOn} says where the tour may start on any page. */
  public static final String ANYWHERE = "anywhere";

  private static final RuleTerms NONE = builder().build();

  private RuleTerms(Builder b) {
    this(
        b.mode,
        b.freshFor,
        b.showOn,
        b.element,
        b.invite,
        b.followUp,
        b.oncePer,
        b.cooldown,
        b.afterDismissal,
        b.from,
        b.until,
        b.rollout,
        b.holdout,
        b.audience,
        b.unless,
        b.guard,
        b.goal);
  }

  /** {@return the terms of a rule without annotations: the policy decides everything} */
  public static RuleTerms none() {
    return NONE;
  }

  /** {@return a builder that begins with {@link #none()}} */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds {@link RuleTerms}; each method sets what its annotation says. Not thread-safe. */
  public static final class Builder {

    private Optional<Mode> mode = Optional.empty();
    private Optional<Duration> freshFor = Optional.empty();
    private List<String> showOn = List.of();
    private String element = "";
    private Optional<Boolean> invite = Optional.empty();
    private boolean followUp;
    private Optional<Frequency> oncePer = Optional.empty();
    private Optional<Duration> cooldown = Optional.empty();
    private Optional<Duration> afterDismissal = Optional.empty();
    private Optional<Instant> from = Optional.empty();
    private Optional<Instant> until = Optional.empty();
    private double rollout = 1;
    private double holdout;
    private String audience = "";
    private String unless = "";
    private Optional<Guard> guard = Optional.empty();
    private Optional<Goal> goal = Optional.empty();

    private Builder() {}

    /**
     * {@return this builder, with {@code @mode}}
     *
     * @param mode live, shadow or test
     */
    public Builder mode(Mode mode) {
      this.mode = Optional.of(mode);
      return this;
    }

    /**
     * {@return this builder, with {@code @freshFor}}
     *
     * @param freshFor the largest age of a moment
     */
    public Builder freshFor(Duration freshFor) {
      this.freshFor = Optional.of(freshFor);
      return this;
    }

    /**
     * {@return this builder, with {@code @showOn}}
     *
     * @param showOn pages, {@value RuleTerms#ANYWHERE}, or none for the page of the match
     */
    public Builder showOn(List<String> showOn) {
      this.showOn = List.copyOf(showOn);
      return this;
    }

    /**
     * {@return this builder, with {@code @element}}
     *
     * @param element a CSS selector, or empty text
     */
    public Builder element(String element) {
      this.element = element;
      return this;
    }

    /**
     * {@return this builder, with {@code @invite}}
     *
     * @param invite whether the visitor is asked first
     */
    public Builder invite(boolean invite) {
      this.invite = Optional.of(invite);
      return this;
    }

    /**
     * {@return this builder, with {@code @followUp}}
     *
     * @param followUp whether it follows a tour without the time between tours
     */
    public Builder followUp(boolean followUp) {
      this.followUp = followUp;
      return this;
    }

    /**
     * {@return this builder, with {@code @oncePer}}
     *
     * @param oncePer how often the flow is shown
     */
    public Builder oncePer(Frequency oncePer) {
      this.oncePer = Optional.of(oncePer);
      return this;
    }

    /**
     * {@return this builder, with {@code @cooldown}}
     *
     * @param cooldown the least time between two tours of the flow
     */
    public Builder cooldown(Duration cooldown) {
      this.cooldown = Optional.of(cooldown);
      return this;
    }

    /**
     * {@return this builder, with {@code @afterDismissal}}
     *
     * @param afterDismissal how long a dismissal holds the flow back
     */
    public Builder afterDismissal(Duration afterDismissal) {
      this.afterDismissal = Optional.of(afterDismissal);
      return this;
    }

    /**
     * {@return this builder, with {@code @from}}
     *
     * @param from when it begins to offer
     */
    public Builder from(Instant from) {
      this.from = Optional.of(from);
      return this;
    }

    /**
     * {@return this builder, with {@code @until}}
     *
     * @param until when it ends to
     */
    public Builder until(Instant until) {
      this.until = Optional.of(until);
      return this;
    }

    /**
     * {@return this builder, with {@code @rollout}}
     *
     * @param rollout from 0 to 1
     */
    public Builder rollout(double rollout) {
      this.rollout = rollout;
      return this;
    }

    /**
     * {@return this builder, with {@code @holdout}}
     *
     * @param holdout from 0 to 1
     */
    public Builder holdout(double holdout) {
      this.holdout = holdout;
      return this;
    }

    /**
     * {@return this builder, with {@code @audience}}
     *
     * @param audience an expression over attributes, or empty text
     */
    public Builder audience(String audience) {
      this.audience = audience;
      return this;
    }

    /**
     * {@return this builder, with {@code @unless}}
     *
     * @param unless a constraint on the session, or empty text
     */
    public Builder unless(String unless) {
      this.unless = unless;
      return this;
    }

    /**
     * {@return this builder, with {@code @guard}}
     *
     * @param guard when it goes into shadow by itself
     */
    public Builder guard(Guard guard) {
      this.guard = Optional.of(guard);
      return this;
    }

    /**
     * {@return this builder, with {@code @goal}}
     *
     * @param goal by what its effect is judged
     */
    public Builder goal(Goal goal) {
      this.goal = Optional.of(goal);
      return this;
    }

    /** {@return the terms} */
    public RuleTerms build() {
      return new RuleTerms(this);
    }
  }
}
