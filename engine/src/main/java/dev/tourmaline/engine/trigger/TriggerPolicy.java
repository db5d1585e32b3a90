package dev.tourmaline.engine.trigger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What holds for all tours of a product, wherever a rule says nothing of its own: how often and how
 * close together tours come, where and when none start, how old a moment may be. Immutable and
 * thread-safe; made by {@link #builder()}.
 *
 * <p>The offers of one moment are judged together, the best first: highest priority, then salience,
 * then rule name. {@link Decision.Reason} has the gates in their order; the first offer that passes
 * all of them is admitted, and those after it are outranked. An admission reserves what the limits
 * count. The reservation is confirmed when the tour is shown, or delivered where no sink gives
 * feedback, and released when it expires or is refused.
 */
public final class TriggerPolicy {

  /** The segment of testers. */
  public static final String TESTERS = "testers";

  private final Frequency oncePer;
  private final Duration cooldown;
  private final Duration betweenTours;
  private final int perUserPerHour;
  private final int perUserPerDay;
  private final int perUserPerWeek;
  private final Duration freshFor;
  private final boolean invite;
  private final Duration snooze;
  private final List<String> neverOn;
  private final Optional<QuietHours> quiet;
  private final double holdout;
  private final Mode mode;
  private final Map<String, String> segments;

  private TriggerPolicy(Builder b) {
    oncePer = b.oncePer;
    cooldown = b.cooldown;
    betweenTours = b.betweenTours;
    perUserPerHour = b.perUserPerHour;
    perUserPerDay = b.perUserPerDay;
    perUserPerWeek = b.perUserPerWeek;
    freshFor = b.freshFor;
    invite = b.invite;
    snooze = b.snooze;
    neverOn = b.neverOn;
    quiet = b.quiet;
    holdout = b.holdout;
    mode = b.mode;
    segments = b.segments;
  }

  /** {@return a builder with the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return the defaults: a flow once per user, 30 minutes between tours, one tour a day and three
   * a week}
   */
  public static TriggerPolicy defaults() {
    return builder().build();
  }

  /** {@return how often one flow is shown; default once per user} */
  public Frequency oncePer() {
    return oncePer;
  }

  /** {@return the least time between two tours of one flow; default zero} */
  public Duration cooldown() {
    return cooldown;
  }

  /** {@return the least time between two tours of one user; default 30 minutes} */
  public Duration betweenTours() {
    return betweenTours;
  }

  /** {@return how many tours a user gets within any hour; default any number} */
  public int perUserPerHour() {
    return perUserPerHour;
  }

  /** {@return how many tours a user gets within any 24 hours; default 1} */
  public int perUserPerDay() {
    return perUserPerDay;
  }

  /** {@return how many tours a user gets within any seven days; default 3} */
  public int perUserPerWeek() {
    return perUserPerWeek;
  }

  /** {@return the largest {@linkplain Moment#age age} of a moment; default 60 seconds} */
  public Duration freshFor() {
    return freshFor;
  }

  /** {@return whether visitors are asked before a tour starts; default false} */
  public boolean invite() {
    return invite;
  }

  /** {@return after what time an invitation that was put off may come again; default a day} */
  public Duration snooze() {
    return snooze;
  }

  /**
   * {@return the pages on which no tour starts, as paths in which {@code *} stands for any text
   * within one segment, {@code **} for any text and {@code :id} for one segment; default none}
   */
  public List<String> neverOn() {
    return neverOn;
  }

  /** {@return the hours without tours; default none} */
  public Optional<QuietHours> quiet() {
    return quiet;
  }

  /**
   * {@return the share of users from whom all tours are held back to measure their effect; default
   * 0}
   */
  public double holdout() {
    return holdout;
  }

  /**
   * {@return the mode of a rule that names none; default live. {@code SHADOW} lets new rules begin
   * in shadow until they name their mode}
   */
  public Mode mode() {
    return mode;
  }

  /**
   * {@return audiences by names, which rules use in place of an expression; who is in {@code
   * testers} sees what is in test, and counts in no statistics; default none}
   */
  public Map<String, String> segments() {
    return segments;
  }

  /** Builds a {@link TriggerPolicy}. Not thread-safe. */
  public static final class Builder {

    private Frequency oncePer = Frequency.ONCE_PER_USER;
    private Duration cooldown = Duration.ZERO;
    private Duration betweenTours = Duration.ofMinutes(30);
    private int perUserPerHour = Integer.MAX_VALUE;
    private int perUserPerDay = 1;
    private int perUserPerWeek = 3;
    private Duration freshFor = Duration.ofSeconds(60);
    private boolean invite = false;
    private Duration snooze = Duration.ofDays(1);
    private List<String> neverOn = List.of();
    private Optional<QuietHours> quiet = Optional.empty();
    private double holdout = 0;
    private Mode mode = Mode.LIVE;
    private Map<String, String> segments = Map.of();

    private Builder() {}

    /**
     * {@return this builder, with how often one flow is shown}
     *
     * @param oncePer how often one flow is shown
     */
    public Builder oncePer(Frequency oncePer) {
      this.oncePer = Objects.requireNonNull(oncePer, "oncePer");
      return this;
    }

    /**
     * {@return this builder, with the least time between two tours of one flow}
     *
     * @param cooldown the least time between two tours of one flow; zero for none
     */
    public Builder cooldown(Duration cooldown) {
      this.cooldown = Objects.requireNonNull(cooldown, "cooldown");
      return this;
    }

    /**
     * {@return this builder, with the least time between two tours of one user}
     *
     * @param betweenTours the least time between two tours of one user; zero for none
     */
    public Builder betweenTours(Duration betweenTours) {
      this.betweenTours = Objects.requireNonNull(betweenTours, "betweenTours");
      return this;
    }

    /**
     * {@return this builder, with how many tours a user gets within any hour}
     *
     * @param perUserPerHour how many tours a user gets within any hour, at least 1
     */
    public Builder perUserPerHour(int perUserPerHour) {
      this.perUserPerHour = perUserPerHour;
      return this;
    }

    /**
     * {@return this builder, with how many tours a user gets within any 24 hours}
     *
     * @param perUserPerDay how many tours a user gets within any 24 hours, at least 1
     */
    public Builder perUserPerDay(int perUserPerDay) {
      this.perUserPerDay = perUserPerDay;
      return this;
    }

    /**
     * {@return this builder, with how many tours a user gets within any seven days}
     *
     * @param perUserPerWeek how many tours a user gets within any seven days, at least 1
     */
    public Builder perUserPerWeek(int perUserPerWeek) {
      this.perUserPerWeek = perUserPerWeek;
      return this;
    }

    /**
     * {@return this builder, with the largest {@linkplain Moment#age age} of a moment}
     *
     * @param freshFor the largest {@linkplain Moment#age age} of a moment, more than zero
     */
    public Builder freshFor(Duration freshFor) {
      this.freshFor = Objects.requireNonNull(freshFor, "freshFor");
      return this;
    }

    /**
     * {@return this builder, with whether visitors are asked before a tour starts}
     *
     * @param invite whether visitors are asked before a tour starts
     */
    public Builder invite(boolean invite) {
      this.invite = invite;
      return this;
    }

    /**
     * {@return this builder, with after what time an invitation that was put off may come again}
     *
     * @param snooze after what time an invitation that was put off may come again, more than zero
     */
    public Builder snooze(Duration snooze) {
      this.snooze = Objects.requireNonNull(snooze, "snooze");
      return this;
    }

    /**
     * {@return this builder, with the pages on which no tour starts, as paths in which {@code *}
     * stands for any text within one segment, {@code **} for any text and {@code :id} for one
     * segment}
     *
     * @param neverOn the pages on which no tour starts
     */
    public Builder neverOn(List<String> neverOn) {
      this.neverOn = List.copyOf(neverOn);
      return this;
    }

    /**
     * {@return this builder, with the hours without tours}
     *
     * @param quiet the hours without tours
     */
    public Builder quiet(QuietHours quiet) {
      this.quiet = Optional.of(quiet);
      return this;
    }

    /**
     * {@return this builder, with the share of users from whom all tours are held back to measure
     * their effect}
     *
     * @param holdout from 0 to 1
     */
    public Builder holdout(double holdout) {
      this.holdout = holdout;
      return this;
    }

    /**
     * {@return this builder, with the mode of a rule that names none}
     *
     * @param mode the mode of a rule that names none
     */
    public Builder mode(Mode mode) {
      this.mode = Objects.requireNonNull(mode, "mode");
      return this;
    }

    /**
     * {@return this builder, with audiences by names, which rules use in place of an expression}
     *
     * @param segments expressions over attributes, by names
     */
    public Builder segments(Map<String, String> segments) {
      this.segments = Map.copyOf(segments);
      return this;
    }

    /**
     * {@return the policy}
     *
     * @throws IllegalArgumentException naming every setting that is out of range
     */
    public TriggerPolicy build() {
      List<String> faults = new ArrayList<>();
      zeroOrMore(faults, "betweenTours", betweenTours);
      zeroOrMore(faults, "cooldown", cooldown);
      moreThanZero(faults, "freshFor", freshFor);
      moreThanZero(faults, "snooze", snooze);
      atLeastOne(faults, "perUserPerHour", perUserPerHour);
      atLeastOne(faults, "perUserPerDay", perUserPerDay);
      atLeastOne(faults, "perUserPerWeek", perUserPerWeek);
      if (!(holdout >= 0 && holdout <= 1)) {
        faults.add("holdout is " + holdout + ", it must be from 0 to 1");
      }
      if (!faults.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", faults));
      }
      return new TriggerPolicy(this);
    }

    private static void zeroOrMore(List<String> faults, String name, Duration value) {
      if (value.isNegative()) {
        faults.add(name + " is " + value + ", it must be zero or more");
      }
    }

    private static void moreThanZero(List<String> faults, String name, Duration value) {
      if (value.isNegative() || value.isZero()) {
        faults.add(name + " is " + value + ", it must be more than zero");
      }
    }

    private static void atLeastOne(List<String> faults, String name, int value) {
      if (value < 1) {
        faults.add(name + " is " + value + ", it must be at least 1");
      }
    }
  }
}
