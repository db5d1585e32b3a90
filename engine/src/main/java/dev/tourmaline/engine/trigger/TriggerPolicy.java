package dev.tourmaline.engine.trigger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Frequency caps on tours: once per user or session, time between tours, tours per day. Immutable
 * and thread-safe; made by {@link #builder()}.
 *
 * <p>Of one evaluation only the best offer is judged: highest priority, then salience, then rule
 * name. An admission reserves what the limits count. The reservation is confirmed when the tour is
 * shown, or delivered where no sink gives feedback, and released when it expires or is refused.
 */
public final class TriggerPolicy {

  private final OncePer oncePer;
  private final Duration betweenTours;
  private final int perUserPerDay;

  private TriggerPolicy(Builder b) {
    oncePer = b.oncePer;
    betweenTours = b.betweenTours;
    perUserPerDay = b.perUserPerDay;
  }

  /** {@return a builder with the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the defaults: a flow once per user, 30 minutes between tours, two tours a day} */
  public static TriggerPolicy defaults() {
    return builder().build();
  }

  /** {@return how often one flow is shown; default once per user} */
  public OncePer oncePer() {
    return oncePer;
  }

  /** {@return the least time between two tours of one user; default 30 minutes} */
  public Duration betweenTours() {
    return betweenTours;
  }

  /** {@return how many tours a user gets within any 24 hours; default 2} */
  public int perUserPerDay() {
    return perUserPerDay;
  }

  /** For whom a flow is shown once. */
  public enum OncePer {
    /** Once for a user, over all sessions. */
    USER,
    /** Once in a session. */
    SESSION,
    /** As often as it is offered. */
    ALWAYS
  }

  /** Builds a {@link TriggerPolicy}. Not thread-safe. */
  public static final class Builder {

    private OncePer oncePer = OncePer.USER;
    private Duration betweenTours = Duration.ofMinutes(30);
    private int perUserPerDay = 2;

    private Builder() {}

    /**
     * {@return this builder, with how often a flow is shown}
     *
     * @param oncePer for whom a flow is shown once
     */
    public Builder oncePer(OncePer oncePer) {
      this.oncePer = Objects.requireNonNull(oncePer, "oncePer");
      return this;
    }

    /**
     * {@return this builder, with the time between tours}
     *
     * @param betweenTours the least time between two tours of one user; zero for none
     */
    public Builder betweenTours(Duration betweenTours) {
      this.betweenTours = Objects.requireNonNull(betweenTours, "betweenTours");
      return this;
    }

    /**
     * {@return this builder, with the tours a day}
     *
     * @param perUserPerDay how many tours a user gets within any 24 hours, at least 1
     */
    public Builder perUserPerDay(int perUserPerDay) {
      this.perUserPerDay = perUserPerDay;
      return this;
    }

    /**
     * {@return the policy}
     *
     * @throws IllegalArgumentException naming every setting that is out of range
     */
    public TriggerPolicy build() {
      List<String> faults = new ArrayList<>();
      if (betweenTours.isNegative()) {
        faults.add("betweenTours is " + betweenTours + ", it must be zero or more");
      }
      if (perUserPerDay < 1) {
        faults.add("perUserPerDay is " + perUserPerDay + ", it must be at least 1");
      }
      if (!faults.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", faults));
      }
      return new TriggerPolicy(this);
    }
  }
}
