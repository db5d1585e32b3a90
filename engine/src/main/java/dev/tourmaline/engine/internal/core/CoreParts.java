package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.internal.history.PagePaths;
import dev.tourmaline.engine.internal.policy.Objectors;
import dev.tourmaline.engine.session.SessionLimits;
import java.util.function.Function;

/**
 * The configuration and the state that the {@link SessionCore}s of an engine or a replay share.
 *
 * @param paths the paths of pages, which all sessions share
 * @param gaps the coverage gaps of each product's stream
 * @param limits how long sessions last; the bounds of their number and bytes are those of each core
 * @param alwaysSleep whether every session is passivated after every event; for tests
 * @param objectors who must not be processed
 * @param untyped the products that send actions of no kind
 */
public record CoreParts(
    PagePaths paths,
    Function<String, CoverageGaps> gaps,
    SessionLimits limits,
    boolean alwaysSleep,
    Objectors objectors,
    UntypedProducts untyped) {

  public CoreParts(
      PagePaths paths,
      Function<String, CoverageGaps> gaps,
      SessionLimits limits,
      boolean alwaysSleep) {
    this(paths, gaps, limits, alwaysSleep, Objectors.nobody(), new UntypedProducts());
  }

  /** {@return these, for whom objections count} */
  public CoreParts with(Objectors those) {
    return new CoreParts(paths, gaps, limits, alwaysSleep, those, untyped);
  }

  /** {@return the parts of several lanes, which divide the sessions and bytes there may be} */
  public static CoreParts of(
      Function<String, CoverageGaps> gaps, SessionLimits limits, int lanes, boolean alwaysSleep) {
    return of(new PagePaths(), gaps, limits, lanes, alwaysSleep);
  }

  /** {@return the parts of several lanes, as of the other method, with paths that others share} */
  public static CoreParts of(
      PagePaths paths,
      Function<String, CoverageGaps> gaps,
      SessionLimits limits,
      int lanes,
      boolean alwaysSleep) {
    return new CoreParts(paths, gaps, limits.dividedBy(lanes), alwaysSleep);
  }
}
