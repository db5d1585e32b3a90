package dev.tourmaline.engine.internal.effect;

import dev.tourmaline.engine.effect.Arm;
import dev.tourmaline.engine.effect.ArmFigures;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The counted users of an experiment, in strata: by the holdout share that they were assigned with,
 * so that a share may change, and within that by the guess of the base rate, which is made from
 * those counted before whenever their number has doubled. Not thread-safe.
 */
final class Strata implements Iterable<Stratum> {

  /** How many shares have room for all their strata. */
  static final int MOST_SHARES = 16;

  private static final int MOST = 255;
  private static final int MOST_OF_A_SHARE = (MOST - 1) / MOST_SHARES;
  private static final long FIRST_SIZE = 32;
  private static final double LEAST_GUESS = 0.005;

  private final List<Stratum> strata = new ArrayList<>();

  /** {@return the number of the stratum in which the next user of a share is counted} */
  int next(double holdout) {
    long users = 0;
    int ofShare = 0;
    int last = 0;
    for (int i = 0; i < strata.size(); i++) {
      Stratum stratum = strata.get(i);
      if (stratum.holdout() == holdout) {
        users += stratum.users(Arm.TREATED) + stratum.users(Arm.HELD_OUT);
        ofShare++;
        last = i;
      }
    }
    boolean isFull = ofShare == 0 || users >= FIRST_SIZE << ofShare - 1;
    if (!isFull || ofShare == MOST_OF_A_SHARE) {
      return last;
    }
    add(new Stratum(holdout, guess(holdout)));
    return strata.size() - 1;
  }

  private void add(Stratum stratum) {
    strata.add(stratum);
  }

  Stratum get(int number) {
    return strata.get(number);
  }

  int size() {
    return strata.size();
  }

  /** Saves what the strata are; who is in them is told by the users. */
  void save(DataOutput out) throws IOException {
    out.writeByte(strata.size());
    for (Stratum stratum : strata) {
      out.writeDouble(stratum.holdout());
      out.writeDouble(stratum.guess());
    }
  }

  void restore(DataInput in) throws IOException {
    for (int left = in.readUnsignedByte(); left > 0; left--) {
      add(new Stratum(in.readDouble(), in.readDouble()));
    }
  }

  @Override
  public Iterator<Stratum> iterator() {
    return strata.iterator();
  }

  Strata copy() {
    Strata copy = new Strata();
    strata.forEach(stratum -> copy.add(stratum.copy()));
    return copy;
  }

  /** {@return those of one share, not copied} */
  Strata of(double holdout) {
    Strata same = new Strata();
    strata.stream().filter(stratum -> stratum.holdout() == holdout).forEach(same::add);
    return same;
  }

  ArmFigures figures(Arm arm) {
    long users = 0;
    long successes = 0;
    for (Stratum stratum : strata) {
      users += stratum.users(arm);
      successes += stratum.successes(arm);
    }
    return new ArmFigures(users, successes);
  }

  /**
   * The guess that leaves the least variance: mostly the rate of the smaller arm, whose outcomes
   * weigh most.
   */
  private double guess(double holdout) {
    double guess = (1 - holdout) * smoothed(Arm.HELD_OUT) + holdout * smoothed(Arm.TREATED);
    return Math.min(Math.max(guess, LEAST_GUESS), 1 - LEAST_GUESS);
  }

  private double smoothed(Arm arm) {
    ArmFigures figures = figures(arm);
    return (figures.successes() + 0.25) / (figures.users() + 1.0);
  }
}
