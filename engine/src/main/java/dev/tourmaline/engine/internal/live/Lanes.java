package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.internal.core.LanePartitioner;
import dev.tourmaline.engine.internal.core.SessionCore;
import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.session.SessionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lanes of an engine behind its partitioner. Thread-safe. */
final class Lanes {

  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

  private final List<Lane> lanes;
  private final LanePartitioner partitioner;

  /** The part of a batch over several lanes that belongs to one. */
  private record Part(Lane lane, ActionsEvent event) {}

  /** A request to a lane. */
  @FunctionalInterface
  interface Request<T> {

    /**
     * {@return the answer; called on the lane's thread}
     *
     * @param now this machine's time in milliseconds since the epoch
     */
    T answer(SessionCore core, long now);
  }

  Lanes(List<Lane> lanes) {
    this.lanes = lanes;
    this.partitioner = new LanePartitioner(lanes.size());
  }

  List<SessionCore> cores() {
    return lanes.stream().map(Lane::core).toList();
  }

  void start() {
    lanes.forEach(Lane::start);
  }

  /**
   * Evaluates an event; waits while a lane of it is full.
   *
   * @return completes when it has been evaluated
   */
  CompletionStage<Void> put(StreamEvent event) {
    int lane = partitioner.laneOf(event);
    return lane == LanePartitioner.SEVERAL_LANES
        ? CompletableFuture.allOf(
            parts(event)
                .map(part -> put(part.lane(), part.event()))
                .toArray(CompletableFuture[]::new))
        : put(lanes.get(lane), event);
  }

  /**
   * Evaluates an event unless a lane of it is full.
   *
   * @return completes when it has been evaluated; empty if it was not taken
   */
  Optional<CompletionStage<Void>> tryPut(StreamEvent event) {
    int lane = partitioner.laneOf(event);
    if (lane == LanePartitioner.SEVERAL_LANES) {
      // All or nothing: a batch over several lanes, which is rare, is taken if all of them have
      // room.
      boolean room = parts(event).allMatch(part -> part.lane().hasRoom());
      return room ? Optional.of(put(event)) : Optional.empty();
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    return lanes.get(lane).offer(evaluation(event, done)) ? Optional.of(done) : Optional.empty();
  }

  private Stream<Part> parts(StreamEvent batch) {
    return IntStream.range(0, lanes.size())
        .mapToObj(i -> new Part(lanes.get(i), partitioner.partOf(batch, i)))
        .filter(part -> !part.event().actions().isEmpty());
  }

  private static CompletableFuture<Void> put(Lane lane, StreamEvent event) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    lane.put(evaluation(event, done));
    return done;
  }

  private static Lane.Task evaluation(StreamEvent event, CompletableFuture<Void> done) {
    return (core, now) -> {
      try {
        core.accept(event, now);
      } finally {
        done.complete(null);
      }
    };
  }

  /**
   * Asks a session's lane; waits while it is full.
   *
   * @return completes with the answer
   */
  <T> CompletionStage<T> ask(SessionKey session, Request<T> request) {
    return ask(lanes.get(partitioner.laneOf(session.sessionId())), request);
  }

  private static <T> CompletableFuture<T> ask(Lane lane, Request<T> request) {
    CompletableFuture<T> answered = new CompletableFuture<>();
    lane.put(
        (core, now) -> {
          try {
            answered.complete(request.answer(core, now));
          } catch (RuntimeException | Error e) {
            answered.completeExceptionally(e);
          }
        });
    return answered;
  }

  /** Migrates all sessions to other rules, lane by lane, between two events of each. */
  synchronized void moveTo(Supplier<RuleEvaluator> evaluators) {
    List<CompletableFuture<Lane>> moves = new ArrayList<>();
    for (Lane lane : lanes) {
      moves.add(
          ask(
              lane,
              (core, now) -> {
                core.moveTo(evaluators.get(), now);
                return lane;
              }));
    }
    CompletableFuture.allOf(moves.toArray(CompletableFuture[]::new)).join();
  }

  /** Drains the queues until the deadline; events left then are dropped. */
  void close(Deadline deadline) throws InterruptedException {
    lanes.forEach(Lane::closeWhenDone);
    for (Lane lane : lanes) {
      if (!lane.awaitEnd(deadline)) {
        LOG.error("a lane did not drain its queue in time; {} events are dropped", lane.depth());
        lane.interrupt();
      }
    }
  }
}
