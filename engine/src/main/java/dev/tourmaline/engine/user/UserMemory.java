package dev.tourmaline.engine.user;

import java.util.Optional;

/**
 * The SPI of what policy remembers of users: a key-value store of small records, whose format is
 * the engine's own, by pseudonyms. Thread-safe.
 *
 * <p>The engine reads and writes a record under a lock of its user, so that no two threads of a
 * process change the same one at a time. A method that throws means that the record is not
 * available: no tour is shown then.
 */
public interface UserMemory extends AutoCloseable {

  /**
   * {@return the record of a user; empty if there is none}
   *
   * @param user whose
   */
  Optional<byte[]> read(Pseudonym user);

  /**
   * Replaces the record of a user.
   *
   * @param user whose
   * @param record the record, which belongs to the store now
   */
  void write(Pseudonym user, byte[] record);

  /**
   * Deletes the record of a user, if there is one.
   *
   * @param user whose
   */
  void delete(Pseudonym user);

  /** Releases what it holds. */
  @Override
  default void close() {}
}
