package dev.tourmaline.engine.effect;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * The effect of one rule: users admitted against users held out, by the first would-be decision of
 * each user and never by what was shown, since those who were shown a tour are those who stayed to
 * see it.
 *
 * @param rule the rule's name
 * @param goal what counts as success, in the rule's words, such as {@code submit /settings/billing}
 * @param window within which of his first decision a user must reach the goal
 * @param holdout the share of users held out that is configured now, 0 to 1
 * @param treated the users who were admitted
 * @param heldOut the users who were held out
 * @param difference rate of the treated less rate of the held out, -1 to 1, weighted by users where
 *     the configured share has changed; empty while an arm is without users
 * @param interval where the effect lies
 * @param waiting users whose window is not over yet
 * @param excludedTesters users left out because they are testers
 * @param excludedBothArms users left out because they were in both arms before it was known that
 *     they are one person
 * @param notEnrolled decisions on users who could not be taken in because memory for users under
 *     observation was full
 * @param ratio whether the arms have the sizes that they should have
 * @param visibleDifference the smallest difference that so many users show in four of five
 *     experiments, 0 to 1 and above: a rough figure; empty while nobody is counted or held out
 * @param usersNeeded of both arms together, to see a difference of ten points in four of five
 *     experiments: a rough figure; 0 where no number is enough, since nobody is held out, or
 *     everybody
 * @param verdict what may be said
 * @param remark the verdict in a sentence with its numbers
 */
public record RuleEffect(
    String rule,
    String goal,
    Duration window,
    double holdout,
    ArmFigures treated,
    ArmFigures heldOut,
    OptionalDouble difference,
    Interval interval,
    long waiting,
    long excludedTesters,
    long excludedBothArms,
    long notEnrolled,
    RatioCheck ratio,
    OptionalDouble visibleDifference,
    long usersNeeded,
    Verdict verdict,
    String remark) {}
