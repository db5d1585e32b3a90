package dev.tourmaline.engine.internal.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what others have written, each on a thread of its own, so that neither an exception nor a
 * hang of one keeps the others open.
 */
final class Closing {

  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  /**
   * Closes resources until the deadline.
   *
   * @param kind what they are
   * @return what stayed open
   */
  static <R extends AutoCloseable> List<String> all(
      String kind, List<R> resources, Function<R, String> names, Deadline deadline)
      throws InterruptedException {
    List<CountDownLatch> closed = new ArrayList<>();
    for (R resource : resources) {
      CountDownLatch latch = new CountDownLatch(1);
      closed.add(latch);
      String name = names.apply(resource);
      SystemThreads.named("tourmaline-close-" + name)
          .newThread(() -> close(kind, name, resource, latch))
          .start();
    }
    List<String> open = new ArrayList<>();
    for (int i = 0; i < closed.size(); i++) {
      if (!closed.get(i).await(deadline.millisLeft(), TimeUnit.MILLISECONDS)) {
        String name = names.apply(resources.get(i));
        LOG.error("{} {} does not close in time and is left to itself", kind, name);
        open.add(kind + " " + name + " is still closing");
      }
    }
    return open;
  }

  private static void close(
      String kind, String name, AutoCloseable resource, CountDownLatch closed) {
    try {
      resource.close();
    } catch (Throwable e) {
      // The resource's outermost guard.
      LOG.warn("{} {} failed to close: {}", kind, name, e.toString());
    } finally {
      closed.countDown();
    }
  }
}
