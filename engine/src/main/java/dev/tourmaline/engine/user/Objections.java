package dev.tourmaline.engine.user;

/**
 * The SPI of objections: who does not want to be processed at all. Of such a user no action is
 * evaluated, logged or kept. An implementation keeps keyed hashes rather than names, and keeps them
 * when it is told to forget a user. Thread-safe and quick: it is asked of every action that names a
 * user.
 */
public interface Objections {

  /**
   * {@return whether a user has objected}
   *
   * @param productId the product
   * @param userId the user
   */
  boolean contains(String productId, String userId);

  /**
   * Notes that a user objects, or does not any more.
   *
   * @param productId the product
   * @param userId the user
   * @param objects whether he objects
   */
  void set(String productId, String userId, boolean objects);

  /** {@return objections that last as long as the process} */
  static Objections inMemory() {
    return new InMemoryObjections();
  }
}
