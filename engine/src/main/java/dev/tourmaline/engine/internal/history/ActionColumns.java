package dev.tourmaline.engine.internal.history;

import org.jspecify.annotations.Nullable;

/**
 * The actions of one session in columns, in event time order: the time of each, its kind, the
 * number of its path, whether it begins a visit and, if kept, the identity of its element. Eight or
 * sixteen bytes an action. Places are those of the arrays; they change with every insertion.
 */
final class ActionColumns {

  private static final int STRIDE = 2;
  private static final int VISIT = 0x10;
  private static final int PATH_SHIFT = 8;
  private static final int LEAST_ROOM = 4;

  private int[] cells = new int[LEAST_ROOM * STRIDE];
  private long @Nullable [] elements;
  private int first;
  private int end;

  /** That of which the times in the cells are offsets. */
  private long base;

  int first() {
    return first;
  }

  int end() {
    return end;
  }

  int size() {
    return end - first;
  }

  boolean isEmpty() {
    return first == end;
  }

  long base() {
    return base;
  }

  long time(int i) {
    return base + cells[i * STRIDE];
  }

  /** The kind and the mark of a visit. */
  int bits(int i) {
    return cells[i * STRIDE + 1] & (1 << PATH_SHIFT) - 1;
  }

  int kind(int i) {
    return cells[i * STRIDE + 1] & ActionKind.BITS;
  }

  int path(int i) {
    return cells[i * STRIDE + 1] >>> PATH_SHIFT;
  }

  void path(int i, int number) {
    cells[i * STRIDE + 1] = number << PATH_SHIFT | bits(i);
  }

  boolean isVisit(int i) {
    return (cells[i * STRIDE + 1] & VISIT) != 0;
  }

  void visit(int i, boolean begins) {
    int bits = cells[i * STRIDE + 1];
    cells[i * STRIDE + 1] = begins ? bits | VISIT : bits & ~VISIT;
  }

  boolean keepsElements() {
    return elements != null;
  }

  void keepElements(boolean keep) {
    if (keep != keepsElements()) {
      elements = keep ? new long[cells.length / STRIDE] : null;
    }
  }

  /** The element of an action; 0 where it was not kept. */
  long element(int i) {
    return elements == null ? 0 : elements[i];
  }

  /** The memory they take, in bytes. */
  int weight() {
    return cells.length * Integer.BYTES + (elements == null ? 0 : elements.length * Long.BYTES);
  }

  /** The last place whose time is not after the given one; binary search, O(log n). */
  int upTo(long at) {
    if (end > first && time(end - 1) <= at) {
      return end - 1;
    }
    int low = first;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (time(middle) <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /** The place of the next page view behind a place, or the end. */
  int nextView(int i) {
    int next = i + 1;
    while (next < end && kind(next) != ActionKind.PAGEVIEW) {
      next++;
    }
    return next;
  }

  /**
   * Inserts an action behind those of the same time.
   *
   * @param maxAge actions that are older than this may be evicted where offsets would overflow
   */
  void insert(long at, int bits, int path, long element, long maxAge) {
    if (isEmpty()) {
      base = at;
    } else if (at - base > Integer.MAX_VALUE) {
      rebase(at, maxAge);
    }
    if (end * STRIDE == cells.length) {
      makeRoom();
    }
    int i = isEmpty() ? first : upTo(at) + 1;
    System.arraycopy(cells, i * STRIDE, cells, (i + 1) * STRIDE, (end - i) * STRIDE);
    if (elements != null) {
      System.arraycopy(elements, i, elements, i + 1, end - i);
    }
    end++;
    set(i, at, bits, path, element);
  }

  private void set(int i, long at, int bits, int path, long element) {
    cells[i * STRIDE] = (int) (at - base);
    cells[i * STRIDE + 1] = path << PATH_SHIFT | bits;
    if (elements != null) {
      elements[i] = element;
    }
  }

  /** Moves the base of the offsets, for an action weeks after the first one. */
  private void rebase(long at, long maxAge) {
    while (!isEmpty() && time(first) < at - maxAge) {
      first++;
    }
    long next = isEmpty() ? at : time(first);
    for (int i = first; i < end; i++) {
      cells[i * STRIDE] = (int) (time(i) - next);
    }
    base = next;
  }

  private void makeRoom() {
    int size = size();
    int room = cells.length / STRIDE;
    boolean enough = first > 0 && first >= size / 4;
    int entries = enough ? room : room + (room >> 1) + 2;
    int[] grown = enough ? cells : new int[entries * STRIDE];
    System.arraycopy(cells, first * STRIDE, grown, 0, size * STRIDE);
    cells = grown;
    if (elements != null) {
      long[] moved = enough ? elements : new long[entries];
      System.arraycopy(elements, first, moved, 0, size);
      elements = moved;
    }
    end = size;
    first = 0;
  }

  /** Evicts the oldest actions. */
  void drop(int actions) {
    first += actions;
  }

  /** Empties them, with room for so many actions. */
  void begin(int room, long newBase, boolean keepingElements) {
    cells = new int[Math.max(LEAST_ROOM, room) * STRIDE];
    elements = null;
    keepElements(keepingElements);
    first = 0;
    end = 0;
    base = newBase;
  }

  /** Appends an action no older than the others, for which there is room. */
  void append(long at, int bits, int path, long element) {
    end++;
    set(end - 1, at, bits, path, element);
  }
}
