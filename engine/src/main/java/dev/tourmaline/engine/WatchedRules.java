package dev.tourmaline.engine;

import dev.tourmaline.engine.internal.live.SystemThreads;
import dev.tourmaline.engine.rule.InvalidRulesException;
import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.rule.RuleSet;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hot reload: polls the text of an engine's rules, and replaces them when it has changed.
 *
 * <p>It compares contents, not times or names, so it sees edits, new and deleted files, and the
 * symbolic links that mounted configuration is swapped with. A text takes effect once two polls in
 * a row have read it, so that a half-written file does not. Rules with an error are logged with
 * every problem and refused as a whole; the old ones stay in force. Whatever else fails is logged
 * once and tried again, ever more rarely. Thread-safe.
 */
public final class WatchedRules implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedRules.class);

  /** In polls. */
  private static final int LONGEST_PAUSE = 64;

  private final Consumer<RuleSet> replacement;
  private final String whose;
  private final Supplier<RuleSet> reader;
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(SystemThreads.named("tourmaline-rules"));
  private RuleSet settled;
  private RuleSet last;
  private String said = "";
  private int pause;
  private int wait = 1;

  private WatchedRules(
      Consumer<RuleSet> replacement, String whose, RuleSet current, Supplier<RuleSet> reader) {
    this.replacement = replacement;
    this.whose = whose;
    this.reader = reader;
    this.settled = current;
    this.last = current;
  }

  /**
   * Begins to watch.
   *
   * @param engine whose rules they are
   * @param current the rules it has now
   * @param reader reads the rules anew, such as {@code () -> RuleSet.path(directory)}
   * @param every how often; a second is a good choice
   * @return to be closed before the engine
   */
  public static WatchedRules start(
      TourEngine engine, RuleSet current, Supplier<RuleSet> reader, Duration every) {
    return new WatchedRules(engine::replaceRules, "", current, reader).polling(every);
  }

  /**
   * Begins to watch rules that several tenants share, on a thread of their own.
   *
   * @param engine whose tenants they are
   * @param products the tenants' products, at least one
   * @param current the rules that they have now
   * @param reader reads the rules anew
   * @param every how often; a second is a good choice
   * @return to be closed before the engine
   */
  public static WatchedRules start(
      TourEngine engine,
      List<String> products,
      RuleSet current,
      Supplier<RuleSet> reader,
      Duration every) {
    List<String> those = List.copyOf(products);
    return new WatchedRules(
            rules -> replaceAll(engine, those, rules),
            " of " + String.join(", ", those),
            current,
            reader)
        .polling(every);
  }

  /** Replaces them for each product, also where another does not take them. */
  private static void replaceAll(TourEngine engine, List<String> products, RuleSet rules) {
    Optional<IllegalStateException> refusal = Optional.empty();
    for (String product : products) {
      try {
        engine.replaceRules(product, rules);
      } catch (IllegalStateException e) {
        refusal = Optional.of(e);
      }
    }
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  private WatchedRules polling(Duration every) {
    long millis = Math.max(1, every.toMillis());
    scheduler.scheduleWithFixedDelay(this::pollSafely, millis, millis, TimeUnit.MILLISECONDS);
    return this;
  }

  /** The thread's outermost guard: an exception that left it would end the polls for good. */
  private void pollSafely() {
    try {
      if (--pause <= 0) {
        poll();
      }
    } catch (Throwable e) {
      // Out of memory, even for the message: a later poll says it.
      pause = wait;
    }
  }

  private void poll() {
    try {
      RuleSet now = reader.get();
      if (!now.equals(settled) && now.equals(last)) {
        replace(now);
        settled = now;
      }
      last = now;
      recovered();
    } catch (UncheckedIOException | IllegalArgumentException e) {
      failed(
          "the rules%s cannot be read now, the old ones stay in force: %s"
              .formatted(whose, e.getMessage()),
          e);
    } catch (Throwable e) {
      failed(
          "the rules%s were not replaced, the old ones stay in force: %s".formatted(whose, e), e);
    }
  }

  private void recovered() {
    if (!said.isEmpty()) {
      LOG.info("the rules{} can be read and replaced again", whose);
    }
    said = "";
    wait = 1;
    pause = 0;
  }

  /** Says each failure once, and tries again after twice the time. */
  private void failed(String message, Throwable e) {
    pause = wait;
    wait = Math.min(LONGEST_PAUSE, 2 * wait);
    if (message.equals(said)) {
      return;
    }
    if (e instanceof UncheckedIOException || e instanceof IllegalArgumentException) {
      LOG.warn("{}", message);
    } else {
      LOG.error("{}", message, e);
    }
    said = message;
  }

  private void replace(RuleSet rules) {
    try {
      replacement.accept(rules);
    } catch (InvalidRulesException e) {
      LOG.error("the changed rules{} are refused, the old ones stay in force:", whose);
      for (RuleProblem problem : e.problems()) {
        LOG.error("{}", problem);
      }
    }
  }

  /**
   * Stops watching, and waits a second for a replacement under way; one that takes longer ends with
   * the engine.
   */
  @Override
  public void close() {
    scheduler.shutdown();
    try {
      scheduler.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
