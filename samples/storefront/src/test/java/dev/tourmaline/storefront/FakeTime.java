package dev.tourmaline.storefront;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that passes when a test says so. */
final class FakeTime implements InstantSource, Scheduler {

  private final List<Task> tasks = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-02T09:00:00Z");

  private record Task(Instant due, Runnable run) {}

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized void after(Duration delay, Runnable task) {
    tasks.add(new Task(now.plus(delay), task));
  }

  void advance(Duration duration) {
    Instant until = instant().plus(duration);
    Optional<Task> next;
    while ((next = takeDue(until)).isPresent()) {
      next.get().run().run();
    }
    synchronized (this) {
      now = until;
    }
  }

  private synchronized Optional<Task> takeDue(Instant until) {
    Optional<Task> due =
        tasks.stream()
            .filter(task -> !task.due().isAfter(until))
            .min(Comparator.comparing(Task::due));
    due.ifPresent(
        task -> {
          tasks.remove(task);
          now = task.due();
        });
    return due;
  }

  @Override
  public void close() {}
}
