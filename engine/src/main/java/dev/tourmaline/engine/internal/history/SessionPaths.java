package dev.tourmaline.engine.internal.history;

import java.util.Arrays;

/** The paths of one session's pages, numbered from 0 in the order of their first appearance. */
final class SessionPaths {

  /** The number of a path that the session does not have. */
  static final int ABSENT = -1;

  private static final PagePath[] NONE = {};

  private PagePath[] paths = NONE;
  private int size;
  private int weight;

  /** A cache of one entry: the number found last. */
  private int recent;

  int size() {
    return size;
  }

  PagePath get(int number) {
    return paths[number];
  }

  /** An upper estimate of the memory they take, in bytes; what sessions share counts for each. */
  int weight() {
    return weight;
  }

  /** The number of a path, or {@link #ABSENT}. O(paths). */
  int find(PagePath path) {
    if (recent < size && paths[recent] == path) {
      return recent;
    }
    int number = find(path, false);
    number = number == ABSENT ? find(path, true) : number;
    recent = number == ABSENT ? recent : number;
    return number;
  }

  /** Most are the same object, which is seen without touching the others. */
  private int find(PagePath path, boolean byIdentity) {
    for (int i = size - 1; i >= 0; i--) {
      if (paths[i] == path || byIdentity && paths[i].is(path)) {
        return i;
      }
    }
    return ABSENT;
  }

  /** The number of a path, which is added if need be. */
  int add(PagePath path) {
    int known = find(path);
    return known == ABSENT ? append(path) : known;
  }

  /** Adds a path that the session does not have. */
  int append(PagePath path) {
    if (size == paths.length) {
      paths = Arrays.copyOf(paths, Math.max(4, size + (size >> 1)));
    }
    paths[size] = path;
    weight += path.weight();
    recent = size;
    return size++;
  }

  /** Removes the paths whose new number is {@link #ABSENT}, and renumbers the others. */
  void renumber(int[] newNumbers, int left) {
    PagePath[] kept = new PagePath[Math.max(4, left)];
    weight = 0;
    for (int i = 0; i < size; i++) {
      if (newNumbers[i] != ABSENT) {
        kept[newNumbers[i]] = paths[i];
        weight += paths[i].weight();
      }
    }
    paths = kept;
    size = left;
    recent = 0;
  }
}
