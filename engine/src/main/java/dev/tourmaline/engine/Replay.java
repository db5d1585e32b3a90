package dev.tourmaline.engine;

import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.live.SystemThreads;
import dev.tourmaline.engine.internal.replay.ReplayRun;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * A deterministic replay of recorded frames through the core that runs live, in virtual time: the
 * clock is the frames' {@code forwarded_at}. The output depends on the frames, the rules and the
 * policy alone, not on the number of lanes. Made by {@link #builder(RuleSet)}; each {@link #run} is
 * independent.
 */
public final class Replay {

  private final Builder settings;

  private Replay(Builder settings) {
    this.settings = settings;
  }

  /**
   * {@return a builder of a replay}
   *
   * @param rules the rules to run
   */
  public static Builder builder(RuleSet rules) {
    Objects.requireNonNull(rules, "rules");
    return new Builder(cache -> RuleBase.compile(rules, cache));
  }

  /**
   * {@return a builder of a replay}
   *
   * @param rules the rules to run, which engines and other replays may share
   */
  public static Builder builder(RuleBase rules) {
    Objects.requireNonNull(rules, "rules");
    return new Builder(cache -> rules);
  }

  /**
   * Replays frames, one JSON object a line; gzip is recognised by its first bytes. A line longer
   * than a frame may be is counted as rejected and logged with its number; it is never held.
   *
   * @param frames the frames; not closed
   * @param output takes each admitted offer, or with the policy off every offer, in order of time
   * @return what was counted
   * @throws IOException if the frames cannot be read; a {@link java.io.CharConversionException} if
   *     they are in UTF-16 or UTF-32
   * @throws dev.tourmaline.engine.rule.InvalidRulesException with every problem of every rule file
   */
  public EngineStats run(InputStream frames, Consumer<Offer> output) throws IOException {
    int lanes = settings.lanes;
    RuleProgram program = settings.rules.apply(settings.compileCache).newProgram();
    ExecutorService workers =
        Executors.newFixedThreadPool(lanes, SystemThreads.named("tourmaline-replay"));
    try {
      ReplayRun run =
          new ReplayRun(
              new ReplayRun.Settings(
                  program,
                  settings.policy,
                  settings.product,
                  settings.limits,
                  lanes,
                  settings.prefilter,
                  settings.sleepAfterEveryFrame,
                  settings.progress),
              output);
      run.run(frames, workers);
      return run.stats();
    } finally {
      workers.shutdownNow();
    }
  }

  /** Builds a {@link Replay}. Not thread-safe. */
  public static final class Builder {

    private final Function<Optional<Path>, RuleBase> rules;
    private Optional<TriggerPolicy> policy = Optional.of(TriggerPolicy.defaults());
    private SessionLimits limits =
        SessionLimits.defaults().withSleepAfter(SessionLimits.defaults().idleTimeout());
    private int lanes = Math.max(1, Runtime.getRuntime().availableProcessors());
    private Optional<Path> compileCache = Optional.empty();
    private Optional<String> product = Optional.empty();
    private boolean prefilter = true;
    private boolean sleepAfterEveryFrame;
    private LongConsumer progress = bytes -> {};

    private Builder(Function<Optional<Path>, RuleBase> rules) {
      this.rules = rules;
    }

    /**
     * {@return this builder, with the policy that judges the offers}
     *
     * @param policy the policy; default {@link TriggerPolicy#defaults()}
     */
    public Builder policy(TriggerPolicy policy) {
      this.policy = Optional.of(policy);
      return this;
    }

    /**
     * {@return this builder, with the product whose events are replayed}
     *
     * @param productId its id; frames of others are counted as ignored. Default: all products
     */
    public Builder product(String productId) {
      this.product = Optional.of(productId);
      return this;
    }

    /** {@return this builder, without a policy: every offer is put out} */
    public Builder withoutPolicy() {
      this.policy = Optional.empty();
      return this;
    }

    /**
     * {@return this builder, with the limits of sessions}
     *
     * @param limits how long sessions last and how much is remembered; the defaults, but sessions
     *     sleep only where they grow too many for the heap
     */
    public Builder limits(SessionLimits limits) {
      this.limits = Objects.requireNonNull(limits, "limits");
      return this;
    }

    /**
     * {@return this builder, with the number of lanes}
     *
     * @param lanes threads that evaluate sessions, from 1 to 1024; default the number of processors
     */
    public Builder lanes(int lanes) {
      this.lanes = lanes;
      return this;
    }

    /**
     * {@return this builder, with a listener of progress}
     *
     * @param progress told now and then how many bytes of the input have been read
     */
    public Builder progress(LongConsumer progress) {
      this.progress = Objects.requireNonNull(progress, "progress");
      return this;
    }

    /**
     * {@return this builder, with a folder that keeps compiled rules}
     *
     * @param folder made if it does not exist, and used under the conditions of {@link
     *     TourEngineBuilder#compileCache}
     */
    public Builder compileCache(Path folder) {
      this.compileCache = Optional.of(folder);
      return this;
    }

    /**
     * {@return this builder, with or without the prefilter in front of Drools}
     *
     * @param prefilter whether actions that no rule could match are withheld from Drools; default
     *     true. It affects throughput alone.
     */
    public Builder prefilter(boolean prefilter) {
      this.prefilter = prefilter;
      return this;
    }

    /**
     * {@return this builder, with or without sessions reduced to their logs after every frame}
     *
     * @param sleep whether every session is put to sleep after every frame; default false. It
     *     affects throughput alone.
     */
    public Builder sleepAfterEveryFrame(boolean sleep) {
      this.sleepAfterEveryFrame = sleep;
      return this;
    }

    /**
     * {@return the replay}
     *
     * @throws IllegalArgumentException if the number of lanes is out of range
     */
    public Replay build() {
      if (lanes < 1 || lanes > TourEngineBuilder.MOST_LANES) {
        throw new IllegalArgumentException(
            "lanes is %d, it must be from 1 to %d".formatted(lanes, TourEngineBuilder.MOST_LANES));
      }
      return new Replay(this);
    }
  }
}
