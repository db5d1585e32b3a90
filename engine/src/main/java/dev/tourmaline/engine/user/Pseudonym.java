package dev.tourmaline.engine.user;

/**
 * A keyed hash of 128 bits that stands for a user, or for a session whose user is not known:
 * whoever reads it without the key learns nothing of whom it names. Immutable.
 *
 * @param high the first eight bytes
 * @param low the next eight
 */
public record Pseudonym(long high, long low) implements Comparable<Pseudonym> {

  @Override
  public int compareTo(Pseudonym that) {
    int order = Long.compare(high, that.high);
    return order == 0 ? Long.compare(low, that.low) : order;
  }
}
