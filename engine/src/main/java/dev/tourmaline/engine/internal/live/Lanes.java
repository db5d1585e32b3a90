package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.internal.core.LanePartitioner;
import dev.tourmaline.engine.internal.core.SessionCore;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.source.EventLostException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The lanes of an engine behind its partitioner. Thread-safe. */
final class Lanes {

  private final List<Lane> lanes;
  private final LanePartitioner partitioner;
  private final InstantSource clock;

  /** The part of a batch over several lanes that belongs to one. */
  private record Part(Lane lane, StreamEvent event, LaneTask<Void> task) {

    Part(Lane lane, StreamEvent event, long arrivedAt) {
      this(lane, event, LaneTask.evaluation(event, arrivedAt));
    }
  }

  Lanes(List<Lane> lanes, InstantSource clock) {
    this.lanes = lanes;
    this.partitioner = new LanePartitioner(lanes.size());
    this.clock = clock;
  }

  List<Lane> all() {
    return lanes;
  }

  List<SessionCore> cores() {
    return lanes.stream().map(lane -> lane.worker().core()).toList();
  }

  /** The names of lanes that do not get on. */
  List<String> stuck() {
    return lanes.stream()
        .filter(lane -> lane.condition() != Lane.Condition.RUNNING)
        .map(lane -> lane.worker().name())
        .toList();
  }

  void start() {
    lanes.forEach(Lane::start);
  }

  /**
   * Evaluates an event; waits while a lane of it is full, unless that lane is stuck.
   *
   * @return completes when it has been evaluated
   */
  CompletionStage<Void> put(StreamEvent event) {
    int lane = partitioner.laneOf(event);
    if (lane != LanePartitioner.SEVERAL_LANES) {
      return put(new Part(lanes.get(lane), event, clock.millis()));
    }
    return allOf(parts(event).map(this::put));
  }

  private CompletableFuture<Void> put(Part part) {
    if (!part.lane().put(part.task())) {
      part.lane().lose(part.event());
      part.task().fail(EventLostException.shed());
    }
    return part.task().outcome();
  }

  private static CompletableFuture<Void> allOf(Stream<CompletableFuture<Void>> stages) {
    return CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new));
  }

  /**
   * Evaluates an event unless a lane of it is full. Never blocks.
   *
   * @return completes when it has been evaluated; empty if it was not taken
   */
  Optional<CompletionStage<Void>> tryPut(StreamEvent event) {
    int lane = partitioner.laneOf(event);
    List<Part> parts =
        lane == LanePartitioner.SEVERAL_LANES
            ? parts(event).toList()
            : List.of(new Part(lanes.get(lane), event, clock.millis()));
    // All or nothing: a batch over several lanes is taken if all of them have room.
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).lane().reserve()) {
        parts.subList(0, i).forEach(part -> part.lane().release());
        return Optional.empty();
      }
    }
    parts.forEach(part -> part.lane().enqueue(part.task()));
    return Optional.of(allOf(parts.stream().map(part -> part.task().outcome())));
  }

  private Stream<Part> parts(StreamEvent batch) {
    long now = clock.millis();
    return IntStream.range(0, lanes.size())
        .mapToObj(i -> new Part(lanes.get(i), partitioner.partOf(batch, i), now))
        .filter(part -> !((ActionsEvent) part.event()).actions().isEmpty());
  }

  /**
   * Asks a session's lane; waits while it is full.
   *
   * @return completes with the answer
   */
  <T> CompletionStage<T> ask(SessionKey session, LaneTask.Work<T> request) {
    LaneTask<T> task = LaneTask.request(request);
    if (!lanes.get(partitioner.laneOf(session.sessionId())).put(task)) {
      task.fail(EventLostException.shed());
    }
    return task.outcome();
  }

  /**
   * Asks a session's lane, however full. Never blocks.
   *
   * @return completes with the answer
   */
  <T> CompletionStage<T> askSoon(SessionKey session, LaneTask.Work<T> request) {
    return askFirst(lanes.get(partitioner.laneOf(session.sessionId())), request);
  }

  /**
   * Asks every lane, however full.
   *
   * @return each lane's answer
   */
  <T> List<CompletableFuture<T>> askAll(LaneTask.Work<T> request) {
    return lanes.stream().map(lane -> askFirst(lane, request)).toList();
  }

  private static <T> CompletableFuture<T> askFirst(Lane lane, LaneTask.Work<T> request) {
    LaneTask<T> task = LaneTask.control(request);
    lane.enqueue(task);
    return task.outcome();
  }

  /** Lets the lanes drain their queues and end. */
  void closeWhenDone() {
    lanes.forEach(Lane::closeWhenDone);
  }

  /**
   * Waits until the deadline for the lanes to end, and ends them.
   *
   * @return how many events were dropped
   */
  int awaitEnd(Deadline deadline) throws InterruptedException {
    int dropped = 0;
    for (Lane lane : lanes) {
      dropped += lane.awaitEnd(deadline);
    }
    return dropped;
  }
}
