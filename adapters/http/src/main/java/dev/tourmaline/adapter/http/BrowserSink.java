package dev.tourmaline.adapter.http;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings triggers to the browser of their session, and holds them until a stream of that session is
 * open.
 *
 * <p>A trigger waits at most its time to live, counted from the decision. Just before it leaves,
 * the {@link PreDeliveryCheck} is asked. It counts as delivered once it was written to a client;
 * every open tab of the session gets it, and the page decides which tab starts the tour. A client
 * that reconnects with {@code Last-Event-ID} gets what came after that trigger, is still alive and
 * was not reported by feedback; one without gets what nobody got.
 *
 * <p>The sink is made first, then the engine with it, then the {@link TourServer} that opens
 * streams on it. Triggers of every origin but {@link TourTrigger.Origin#INBOUND} also go to the
 * server's product streams, which do not count as delivery. Thread-safe.
 */
public final class BrowserSink implements TriggerSink {

  private static final Logger log = LoggerFactory.getLogger(BrowserSink.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration TICK = Duration.ofMillis(250);

  private final Duration timeToLive;
  private final InstantSource clock;
  private final OpenStreams streams = new OpenStreams();
  private final PendingTriggers triggers = new PendingTriggers(streams);
  private final ScheduledFuture<?> ticking;
  private final Optional<ScheduledExecutorService> ownScheduler;

  private BrowserSink(Builder builder) {
    timeToLive = builder.timeToLive;
    clock = builder.clock;
    ownScheduler =
        builder.scheduler.isPresent() ? Optional.empty() : Optional.of(daemonScheduler());
    ticking =
        builder
            .scheduler
            .or(() -> ownScheduler)
            .orElseThrow()
            .scheduleWithFixedDelay(
                this::guardedTick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static ScheduledExecutorService daemonScheduler() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, "tourmaline-browser");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** {@return a sink with the defaults} */
  public static BrowserSink create() {
    return builder().build();
  }

  /** {@return a builder with the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String name() {
    return "browser";
  }

  @Override
  public Optional<Duration> timeToLive() {
    return Optional.of(timeToLive);
  }

  @Override
  public boolean givesFeedback() {
    return true;
  }

  /** The page knows its address better than the stream of actions does. */
  @Override
  public boolean checksPlace() {
    return true;
  }

  @Override
  public boolean accepts(TourTrigger.Origin origin) {
    return true;
  }

  /** {@return how many streams are open, browsers' and products' together} */
  public int openStreams() {
    return streams.count();
  }

  @Override
  public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
    if (!Frames.isUsableId(trigger.id())) {
      return CompletableFuture.completedFuture(
          new Delivery.Refused("the trigger's id is blank or has a line break"));
    }
    Optional<PendingTriggers.Arrived> arrival =
        triggers.arrive(trigger, check, trigger.decidedAt().plus(timeToLive));
    if (arrival.isEmpty()) {
      return CompletableFuture.completedFuture(closedAnswer());
    }
    PendingTrigger pending = arrival.get().pending();
    if (arrival.get().isNew()) {
      if (isOver(pending)) {
        settle(pending, new Delivery.Expired());
      } else {
        toProductStreams(trigger);
        send(pending, arrival.get().open());
      }
    }
    return pending.outcome();
  }

  private void toProductStreams(TourTrigger trigger) {
    if (trigger.origin() != TourTrigger.Origin.INBOUND) {
      streams.toProduct(trigger.session().productId(), Frames.forServer(trigger));
    }
  }

  private boolean isOver(PendingTrigger pending) {
    return !clock.instant().isBefore(pending.expiresAt());
  }

  private void send(PendingTrigger pending, List<BrowserStream> to) {
    if (to.isEmpty()) {
      return;
    }
    if (isOver(pending)) {
      settle(pending, new Delivery.Expired());
      return;
    }
    pending
        .check()
        .objection()
        .whenComplete(
            (objection, failure) -> {
              if (failure == null) {
                send(pending, to, objection);
              } else {
                undo(pending, to, failure);
              }
            });
  }

  private void send(PendingTrigger pending, List<BrowserStream> to, Optional<String> objection) {
    if (objection.isPresent()) {
      settle(pending, new Delivery.Withdrawn(objection.get()));
    } else if (isOver(pending)) {
      settle(pending, new Delivery.Expired());
    } else {
      Duration left = Duration.between(clock.instant(), pending.expiresAt());
      byte[] frame = Frames.forBrowser(pending.trigger(), left);
      for (BrowserStream stream : entitled(pending, to)) {
        stream.stream().send(frame, () -> pending.outcome().complete(new Delivery.Delivered()));
      }
    }
  }

  private void undo(PendingTrigger pending, List<BrowserStream> to, Throwable failure) {
    log.warn(
        "The check before delivery of trigger {} failed; it is not shown",
        pending.trigger().id(),
        failure);
    if (pending.isUndelivered()) {
      triggers.undo(pending, to);
    }
    pending.outcome().complete(new Delivery.Retry(AGAIN, "the check before delivery failed"));
  }

  /** Those whose token names the session, and by a user's token those of an undisputed user. */
  private static List<BrowserStream> entitled(PendingTrigger pending, List<BrowserStream> streams) {
    boolean served =
        streams.stream().allMatch(BrowserStream::ownsSession) || pending.check().isUserUndisputed();
    return served ? streams : streams.stream().filter(BrowserStream::ownsSession).toList();
  }

  private void settle(PendingTrigger pending, Delivery delivery) {
    triggers.end(pending);
    pending.outcome().complete(delivery);
  }

  OpenStreams.Admission open(BrowserStream stream, OpenStreams.Caps caps) {
    return triggers.open(stream, caps);
  }

  void left(BrowserStream stream) {
    triggers.left(stream);
  }

  /** Sends what waits for a stream that has just opened. May ask the policy, so it may block. */
  void resume(BrowserStream stream) {
    triggers.dueFor(stream).forEach(pending -> send(pending, List.of(stream)));
  }

  /** {@return whether the id is of a trigger of that session which the token opens} */
  boolean opens(SessionToken token, SessionKey session, String id) {
    return triggers
        .find(id)
        .filter(pending -> pending.trigger().session().equals(session))
        .filter(pending -> token.mayHave(pending.trigger()))
        .filter(pending -> token.namesSession() || pending.check().isUserUndisputed())
        .isPresent();
  }

  /** Notes that a page of that session has taken the trigger up: it is not sent again. */
  void acknowledge(SessionKey session, String id) {
    // The report may be quicker than the news that the trigger was written.
    triggers
        .find(id)
        .filter(pending -> pending.trigger().session().equals(session))
        .ifPresent(pending -> settle(pending, new Delivery.Delivered()));
  }

  PendingTriggers triggers() {
    return triggers;
  }

  OpenStreams streams() {
    return streams;
  }

  private void guardedTick() {
    try {
      tick();
    } catch (RuntimeException e) {
      log.warn(
          "The browser sink failed to expire triggers or to send heartbeats; it tries again", e);
    }
  }

  /** Expires what is due and lets the streams do what is due. */
  void tick() {
    Instant now = clock.instant();
    triggers.expired(now).forEach(pending -> pending.outcome().complete(new Delivery.Expired()));
    streams.tick(now);
  }

  private static Delivery closedAnswer() {
    return new Delivery.Retry(AGAIN, "the browser sink is closed");
  }

  /**
   * Ends all streams. What is undelivered is answered with {@link Delivery.Retry}. Calling it again
   * does nothing.
   */
  @Override
  public void close() {
    List<PendingTrigger> undelivered = triggers.close();
    ticking.cancel(false);
    ownScheduler.ifPresent(ScheduledExecutorService::shutdown);
    undelivered.forEach(pending -> pending.outcome().complete(closedAnswer()));
    streams.finishAll();
  }

  /** Builds a {@link BrowserSink}. Not thread-safe. */
  public static final class Builder {

    private Duration timeToLive = Duration.ofSeconds(30);
    private InstantSource clock = InstantSource.system();
    private Optional<ScheduledExecutorService> scheduler = Optional.empty();

    private Builder() {}

    /**
     * {@return this builder, with how long after its decision a trigger may be shown; default 30 s}
     *
     * @param timeToLive more than zero
     */
    public Builder timeToLive(Duration timeToLive) {
      this.timeToLive = Objects.requireNonNull(timeToLive, "timeToLive");
      return this;
    }

    /**
     * {@return this builder, with the clock; default the system's}
     *
     * @param clock what time to live, heartbeats and token ends are judged by
     */
    public Builder clock(InstantSource clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * {@return this builder, with the scheduler that wakes the sink four times a second; default a
     * thread of its own}
     *
     * @param scheduler stays the caller's; the sink does not shut it down
     */
    public Builder scheduler(ScheduledExecutorService scheduler) {
      this.scheduler = Optional.of(scheduler);
      return this;
    }

    /**
     * {@return the sink}
     *
     * @throws IllegalArgumentException if the time to live is not more than zero
     */
    public BrowserSink build() {
      if (timeToLive.isNegative() || timeToLive.isZero()) {
        throw new IllegalArgumentException(
            "timeToLive is " + timeToLive + ", it must be more than zero");
      }
      return new BrowserSink(this);
    }
  }
}
