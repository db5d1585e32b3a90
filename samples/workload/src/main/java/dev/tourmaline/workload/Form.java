package dev.tourmaline.workload;

/** The kinds of behaviour, as patterns of their rules; the last one is of the action {@code $a}. */
public enum Form {
  REVISIT(3, "", "pageview{on}, visitsWithin({w}) >= {n}, !submittedWithin({w})"),
  PING_PONG(1, "", "pageview{on}, pingPong({n}, {w})"),
  RAGE_CLICK(3, "", "click{on}, elementClicksWithin({w}) >= {n}"),
  REPEATED_SUBMIT(2, "", "submit{on}, submitsWithin({w}) >= {n}"),
  MANY_CLICKS(4, "", "click{on}, clicksWithin({w}) >= {n}"),
  CLICK_AFTER_VISIT(1, "", "click{on}, visitedWithin({other}, {w})"),
  CAME_FROM(1, "", "pageview{on}, cameFrom({other})"),
  SUBMIT_THEN_SUBMIT(1, "submit", "submit, path == $first.path, {after} $first"),
  SUBMIT_THEN_CLICK(1, "submit", "click, path == $first.path, {after} $first"),
  CLICK_THEN_SUBMIT(1, "click{on}", "submit, path == {other}, {after} $first"),
  VIEW_THEN_CLICK(1, "pageview{on}", "click, path == {other}, {after} $first"),
  CLICK_VIEW_CLICK(
      1,
      "click{on} )\n    $second : Action( pageview, path == {other}, {after} $first",
      "click{on}, {after} $second");

  private final int least;
  private final String patterns;

  Form(int least, String before, String newest) {
    this.least = least;
    String first = before.isEmpty() ? "" : "$first : Action( " + before + " )\n    ";
    this.patterns = first + "$a : Action( " + newest + " )";
  }

  /** The least count that makes sense. */
  int least() {
    return least;
  }

  /** The patterns with a behaviour's own pages and numbers. */
  String patternsOf(Behaviour behaviour) {
    int seconds = behaviour.seconds();
    String window = seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    String page = behaviour.page();
    return patterns
        .replace("{on}", page.isEmpty() ? "" : ", path == \"" + page + "\"")
        .replace("{other}", "\"" + behaviour.other() + "\"")
        .replace("{w}", "\"" + window + "\"")
        .replace("{after}", "this after[1ms," + window + "]")
        .replace("{n}", String.valueOf(behaviour.count()));
  }
}
