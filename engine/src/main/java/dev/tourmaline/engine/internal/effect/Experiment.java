package dev.tourmaline.engine.internal.effect;

import dev.tourmaline.engine.effect.Arm;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The figures of one rule's experiment. Thread-safe. */
final class Experiment {

  private final int id;
  private final String rule;
  private final long window;
  private final List<Double> shares = new ArrayList<>();

  /** By share, the users who wait, by arm. */
  private final long[][] waiting = new long[Strata.MOST_SHARES][Arm.values().length];

  private final Strata strata = new Strata();
  private ExperimentTerms terms;

  /** The last share that left somebody in both arms. */
  private double share;

  private long testers;
  private long bothArms;
  private long notEnrolled;

  Experiment(int id, String rule, ExperimentTerms terms) {
    this.id = id;
    this.rule = rule;
    this.window = terms.windowMillis();
    this.terms = terms;
    this.share = terms.holdout();
  }

  int id() {
    return id;
  }

  String rule() {
    return rule;
  }

  long window() {
    return window;
  }

  synchronized boolean compares() {
    return terms.compares();
  }

  /**
   * Takes new terms, if users assigned under the old ones can be compared with those to come.
   *
   * @return whether they can; if not, the experiment has to begin anew
   */
  synchronized boolean goesOnWith(ExperimentTerms next) {
    boolean known = !next.compares() || shares.contains(next.holdout());
    if (!next.goal().equals(terms.goal())
        || next.windowMillis() != window
        || (!known && shares.size() == Strata.MOST_SHARES)) {
      return false;
    }
    terms = next;
    share = next.compares() ? next.holdout() : share;
    return true;
  }

  /** {@return an enrolment under the terms of today} */
  synchronized Enrolment enrolment(Arm arm, long at) {
    if (!shares.contains(share)) {
      shares.add(share);
    }
    int place = shares.indexOf(share);
    return new Enrolment(Enrolment.State.WAITING, arm, at, Enrolment.NEVER, place);
  }

  /** Counts an enrolment in, or with -1 out again. */
  synchronized void tally(Enrolment enrolment, int change) {
    switch (enrolment.state()) {
      case WAITING -> waiting[enrolment.place()][enrolment.arm().ordinal()] += change;
      case COUNTED ->
          strata.get(enrolment.place()).count(enrolment.arm(), enrolment.isSuccess(), change);
      case TESTER -> testers += change;
      case BOTH_ARMS -> bothArms += change;
    }
  }

  /** {@return the enrolment of one whose window is over, and who is counted from now on} */
  synchronized Enrolment counted(Enrolment enrolment) {
    int stratum = strata.next(shares.get(enrolment.place()));
    Enrolment counted =
        new Enrolment(
            Enrolment.State.COUNTED, enrolment.arm(), enrolment.at(), enrolment.reached(), stratum);
    tally(enrolment, -1);
    tally(counted, 1);
    return counted;
  }

  synchronized void notEnrolled() {
    notEnrolled++;
  }

  synchronized void save(DataOutput out) throws IOException {
    out.writeShort(id);
    out.writeUTF(rule);
    out.writeUTF(terms.goal());
    out.writeLong(window);
    out.writeDouble(terms.holdout());
    out.writeLong(notEnrolled);
    out.writeByte(shares.size());
    for (double each : shares) {
      out.writeDouble(each);
    }
    strata.save(out);
  }

  /** Reads what was saved: all but the users, who are tallied as they are restored. */
  static Experiment restored(DataInput in) throws IOException {
    int id = in.readUnsignedShort();
    String rule = in.readUTF();
    ExperimentTerms terms =
        new ExperimentTerms(in.readUTF(), Duration.ofMillis(in.readLong()), in.readDouble());
    Experiment experiment = new Experiment(id, rule, terms);
    experiment.notEnrolled = in.readLong();
    for (int left = in.readUnsignedByte(); left > 0; left--) {
      experiment.shares.add(in.readDouble());
    }
    experiment.strata.restore(in);
    return experiment;
  }

  /** {@return the figures as they are now} */
  synchronized ExperimentFigures figures() {
    List<ExperimentFigures.Waiting> stillWaiting = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      stillWaiting.add(
          new ExperimentFigures.Waiting(
              shares.get(i),
              waiting[i][Arm.TREATED.ordinal()],
              waiting[i][Arm.HELD_OUT.ordinal()]));
    }
    return new ExperimentFigures(
        rule, terms, strata.copy(), stillWaiting, testers, bothArms, notEnrolled);
  }
}
