package dev.tourmaline.engine.internal.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tourmaline.engine.user.Pseudonym;
import dev.tourmaline.engine.user.UserMemory;
import java.util.Optional;

/** A memory of the million users that were judged last, as long as the process. Thread-safe. */
public final class InMemoryUsers implements UserMemory {

  private static final int USERS = 1_000_000;

  private final Cache<Pseudonym, byte[]> records =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(USERS).build();

  @Override
  public Optional<byte[]> read(Pseudonym user) {
    return Optional.ofNullable(records.getIfPresent(user));
  }

  @Override
  public void write(Pseudonym user, byte[] newRecord) {
    records.put(user, newRecord);
  }

  @Override
  public void delete(Pseudonym user) {
    records.invalidate(user);
  }
}
