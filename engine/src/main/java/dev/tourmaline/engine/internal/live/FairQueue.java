package dev.tourmaline.engine.internal.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A fair queue (Nagle, "On Packet Switches with Infinite Storage", RFC 970, 1985): a FIFO queue for
 * each product, served round robin, so that an element waits for one of each other product at most
 * beside those of its own. A product whose element was taken has no turn until that one is done or
 * put back, so that whoever has to wait for one product goes on with the others. Bounded as of
 * {@link FairShares}. Constant time; thread-safe.
 *
 * @param <E> what waits
 */
final class FairQueue<E> {

  private final FairShares shares;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Map<String, Flow<E>> flows = new HashMap<>();
  private final Queue<Flow<E>> turns = new ArrayDeque<>();

  /** The elements of one product. */
  private record Flow<E>(String productId, Deque<E> elements) {}

  /**
   * Makes an empty queue.
   *
   * @param room how many elements may wait before products are held to their shares
   */
  FairQueue(int room) {
    this.shares = new FairShares(room);
  }

  /** {@return whether there was room for an element} */
  boolean offer(String productId, E element) {
    if (!shares.enter(productId)) {
      return false;
    }
    lock.lock();
    try {
      Flow<E> flow = flows.get(productId);
      if (flow == null) {
        flow = new Flow<>(productId, new ArrayDeque<>());
        flows.put(productId, flow);
        turns.add(flow);
      }
      flow.elements().add(element);
      filled.signal();
    } finally {
      lock.unlock();
    }
    return true;
  }

  /** {@return the next element, of the product whose turn it is; empty if there is none in time} */
  Optional<E> poll(long millis) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (turns.isEmpty() && left > 0) {
        left = filled.awaitNanos(left);
      }
      return Optional.ofNullable(turns.poll()).map(this::next);
    } finally {
      lock.unlock();
    }
  }

  private E next(Flow<E> flow) {
    shares.leave(flow.productId());
    return flow.elements().remove();
  }

  /** The element that was taken of a product is done: the product has its turn again. */
  void done(String productId) {
    lock.lock();
    try {
      Flow<E> flow = flows.get(productId);
      if (flow != null && flow.elements().isEmpty()) {
        flows.remove(productId);
      } else if (flow != null) {
        turns.add(flow);
        filled.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Puts the element that was taken of a product back, before its others. */
  void putBack(String productId, E element) {
    lock.lock();
    try {
      shares.comeBack(productId);
      flows
          .computeIfAbsent(productId, id -> new Flow<>(id, new ArrayDeque<>()))
          .elements()
          .addFirst(element);
    } finally {
      lock.unlock();
    }
    done(productId);
  }

  /** {@return whether nothing waits and everything taken is done} */
  boolean isEmpty() {
    lock.lock();
    try {
      return flows.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
