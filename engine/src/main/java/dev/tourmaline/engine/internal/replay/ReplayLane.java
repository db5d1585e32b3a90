package dev.tourmaline.engine.internal.replay;

import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.internal.core.Evaluation;
import dev.tourmaline.engine.internal.core.EvaluationListener;
import dev.tourmaline.engine.internal.core.LanePartitioner;
import dev.tourmaline.engine.internal.core.SessionCore;
import dev.tourmaline.engine.internal.policy.Surroundings;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Offer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** One lane of a replay: a core, and its output of the current batch, the policy's input. */
final class ReplayLane implements EvaluationListener {

  /** Time, then line; timers before frames of the same time. Independent of the number of lanes. */
  static final Comparator<PolicyInput> IN_ORDER =
      Comparator.comparingLong(PolicyInput::now)
          .thenComparingInt(PolicyInput::line)
          .thenComparing(input -> input.session().productId())
          .thenComparing(input -> input.session().sessionId());

  private static final int TIMER = -1;

  private final int number;
  private final LanePartitioner partitioner;
  private final boolean notesUsers;
  private final SessionCore core;
  private List<PolicyInput> output = new ArrayList<>();
  private long now;
  private int line = TIMER;

  /**
   * An input of the policy, ordered by time.
   *
   * @param now when, in milliseconds
   * @param line the frame's place in its batch
   * @param session whose it is
   * @param userId the user who became known, or empty text
   * @param offers what rules offered, or nothing
   * @param surroundings what is known of the visitor
   */
  record PolicyInput(
      long now,
      int line,
      SessionKey session,
      String userId,
      List<Offer> offers,
      Surroundings surroundings) {}

  ReplayLane(
      int number,
      LanePartitioner partitioner,
      boolean notesUsers,
      Function<EvaluationListener, SessionCore> core) {
    this.number = number;
    this.partitioner = partitioner;
    this.notesUsers = notesUsers;
    this.core = core.apply(this);
  }

  SessionCore core() {
    return core;
  }

  /** Evaluates the batch's events of this lane, and advances time to the batch's end. */
  void run(Batch batch) {
    for (int i = 0; i < batch.size(); i++) {
      boolean mixed = batch.lane(i) == LanePartitioner.SEVERAL_LANES;
      if (!mixed && batch.lane(i) != number) {
        continue;
      }
      if (batch.result(i) instanceof DecodeResult.Decoded decoded) {
        now = batch.time(i);
        line = TIMER;
        core.advance(now);
        line = i;
        StreamEvent event = decoded.event();
        core.accept(mixed ? partitioner.partOf(event, number) : event, now);
      }
    }
    line = TIMER;
    if (batch.size() > 0) {
      now = batch.time(batch.size() - 1);
      core.advanceExactly(now);
    }
  }

  /** The inputs of the policy since the last call. */
  List<PolicyInput> takeOutput() {
    List<PolicyInput> taken = output;
    output = new ArrayList<>();
    return taken;
  }

  @Override
  public void evaluated(Evaluation evaluation) {
    SessionKey session = evaluation.offers().get(0).session();
    output.add(
        new PolicyInput(
            evaluation.now(),
            evaluation.byTime() ? TIMER : line,
            session,
            "",
            evaluation.offers(),
            evaluation.surroundings()));
  }

  @Override
  public void userKnown(SessionKey session, String userId, String before, long at) {
    if (notesUsers) {
      output.add(new PolicyInput(now, line, session, userId, List.of(), Surroundings.unknown()));
    }
  }
}
