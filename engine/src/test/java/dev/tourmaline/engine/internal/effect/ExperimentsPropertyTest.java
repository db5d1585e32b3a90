package dev.tourmaline.engine.internal.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.effect.Arm;
import dev.tourmaline.engine.user.Pseudonym;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Experiments against a plain reading of what they are to count. */
class ExperimentsPropertyTest {

  private static final Map<String, Integer> WINDOWS = Map.of("one", 5, "two", 20);
  private static final int KEYS = 6;

  /** What is counted of a rule, by arm where it matters. */
  private record Counts(
      List<Long> users, List<Long> successes, long waiting, long testers, long bothArms) {}

  /** A person in one experiment, read plainly: everything that happened is kept. */
  private static final class Person {
    private final List<Integer> decisions = new ArrayList<>();
    private final List<Arm> arms = new ArrayList<>();
    private final List<Integer> goals = new ArrayList<>();
    private boolean tester;
    private boolean counted;
    private boolean success;

    boolean isExcluded() {
      return tester || arms.contains(Arm.TREATED) && arms.contains(Arm.HELD_OUT);
    }

    int first() {
      return Collections.min(decisions);
    }

    boolean reachedBy(int window) {
      return goals.stream().anyMatch(goal -> goal >= first() && goal <= first() + window);
    }

    void count(int now, int window) {
      if (!counted && !isExcluded() && first() + window < now) {
        counted = true;
        success = reachedBy(window);
      }
    }

    Person with(Person other) {
      Person both = new Person();
      for (Person each : List.of(this, other)) {
        both.decisions.addAll(each.decisions);
        both.arms.addAll(each.arms);
        both.goals.addAll(each.goals);
        both.tester |= each.tester;
      }
      both.counted = counted || other.counted;
      both.success =
          success && first() <= other.first() || other.success && other.first() <= first();
      return both;
    }
  }

  private final Map<String, Map<Integer, Person>> plain = new HashMap<>();
  private Experiments experiments = new Experiments(Experiments.Bounds.DEFAULT);

  @Property(tries = 2_000)
  void countsWhatAPlainReadingCounts(@ForAll long seed) {
    begin();
    Random random = new Random(seed);
    int now = 0;
    for (int step = 0; step < 60; step++) {
      now += random.nextInt(3);
      step(random, now);
      assertThat(experiments.isIdle()).isEqualTo(total("one") + total("two") == 0);
      for (int key = 0; key < KEYS; key++) {
        assertThat(experiments.isWatching(key(key))).isEqualTo(isWaiting(key));
      }
    }
    assertSame();
  }

  private void step(Random random, int now) {
    String rule = random.nextBoolean() ? "one" : "two";
    int key = random.nextInt(KEYS);
    switch (random.nextInt(6)) {
      case 0, 1 -> decide(rule, key, random.nextInt(8) == 0, random.nextInt(20) == 0, now);
      case 2 -> reach(rule, key, now);
      case 3 -> merge(key, random.nextInt(KEYS));
      case 4 -> {
        experiments.advance(at(now));
        plain.forEach(
            (each, people) -> people.values().forEach(who -> who.count(now, WINDOWS.get(each))));
      }
      default ->
          experiments =
              SavedExperiments.restore(
                  SavedExperiments.save(experiments), Experiments.Bounds.DEFAULT);
    }
  }

  /** Whoever is joined with whom first, one person comes out. */
  @Property(tries = 500)
  void inWhateverOrderKeysAreMergedTheOutcomeIsTheSame(@ForAll long seed) {
    List<List<Counts>> outcomes = new ArrayList<>();
    for (int order = 0; order < 2; order++) {
      begin();
      Random random = new Random(seed);
      int now = 0;
      for (int i = 0; i < 15; i++) {
        now += random.nextInt(3);
        String rule = random.nextBoolean() ? "one" : "two";
        int key = random.nextInt(KEYS);
        decide(rule, key, random.nextInt(30) == 0, false, now);
        reach(rule, random.nextInt(KEYS), now);
      }
      experiments.advance(at(random.nextInt(40)));
      List<Integer> keys = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
      Random shuffling = new Random(seed + order);
      while (keys.size() > 1) {
        Collections.shuffle(keys, shuffling);
        experiments.merged(key(keys.remove(0)), key(keys.get(0)));
      }
      experiments.advance(at(1_000));
      outcomes.add(List.of(counts("one"), counts("two")));
    }
    assertThat(outcomes.get(0)).isEqualTo(outcomes.get(1));
  }

  private void begin() {
    plain.clear();
    experiments = new Experiments(Experiments.Bounds.DEFAULT);
    WINDOWS.forEach(
        (rule, window) -> {
          experiments.define(
              rule, new ExperimentTerms("click /" + rule, Duration.ofSeconds(window), 0.5));
          plain.put(rule, new HashMap<>());
        });
  }

  private void decide(String rule, int key, boolean heldOut, boolean tester, int now) {
    Arm arm = heldOut ? Arm.HELD_OUT : Arm.TREATED;
    experiments.decided(rule, key(key), arm, tester, at(now));
    Person person = plain.get(rule).computeIfAbsent(key, k -> new Person());
    person.decisions.add(now);
    person.arms.add(arm);
    person.tester |= tester;
  }

  private void reach(String rule, int key, int now) {
    experiments.reached(key(key), rule, at(now));
    Person person = plain.get(rule).get(key);
    if (person != null && now <= person.first() + WINDOWS.get(rule)) {
      person.goals.add(now);
    }
  }

  private void merge(int from, int to) {
    experiments.merged(key(from), key(to));
    if (from != to) {
      plain
          .values()
          .forEach(
              people -> {
                Person one = people.remove(from);
                if (one != null) {
                  people.merge(to, one, Person::with);
                }
              });
    }
  }

  private boolean isWaiting(int key) {
    return plain.values().stream()
        .anyMatch(people -> people.containsKey(key) && isWaiting(people.get(key)));
  }

  private static boolean isWaiting(Person person) {
    return !person.isExcluded() && !person.counted;
  }

  private long total(String rule) {
    return plain.get(rule).values().stream().filter(ExperimentsPropertyTest::isWaiting).count();
  }

  private void assertSame() {
    plain.forEach(
        (rule, people) -> {
          List<Long> users = new ArrayList<>();
          List<Long> successes = new ArrayList<>();
          for (Arm arm : Arm.values()) {
            List<Person> counted =
                people.values().stream()
                    .filter(who -> who.counted && !who.isExcluded() && who.arms.contains(arm))
                    .toList();
            users.add((long) counted.size());
            successes.add(counted.stream().filter(who -> who.success).count());
          }
          long testers = people.values().stream().filter(who -> who.tester).count();
          long excluded = people.values().stream().filter(Person::isExcluded).count();
          assertThat(counts(rule))
              .isEqualTo(new Counts(users, successes, total(rule), testers, excluded - testers));
        });
  }

  private Counts counts(String rule) {
    ExperimentFigures figures =
        experiments.figures().stream().filter(each -> each.rule().equals(rule)).findAny().get();
    List<Long> users = new ArrayList<>();
    List<Long> successes = new ArrayList<>();
    for (Arm arm : Arm.values()) {
      users.add(figures.strata().figures(arm).users());
      successes.add(figures.strata().figures(arm).successes());
    }
    return new Counts(
        users,
        successes,
        figures.waiting().stream().mapToLong(each -> each.treated() + each.heldOut()).sum(),
        figures.testers(),
        figures.bothArms());
  }

  private static Pseudonym key(int number) {
    return new Pseudonym(number, 0);
  }

  private static Instant at(int second) {
    return Instant.ofEpochSecond(1_780_000_000L + second);
  }
}
