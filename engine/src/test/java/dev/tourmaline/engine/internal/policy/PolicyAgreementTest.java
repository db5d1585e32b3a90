package dev.tourmaline.engine.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.internal.policy.PolicySteps.Step;
import dev.tourmaline.engine.trigger.Decision.Reason;
import dev.tourmaline.engine.trigger.RuleTerms;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/**
 * The policy decides what its page says: against {@link PlainPolicy}, on random streams. For as
 * many more as one likes, of other seeds: {@code mvn -pl engine -am test -Dtest=PolicyAgreementTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dpolicy.streams=true}
 */
class PolicyAgreementTest {

  /** Runs a property if the system property {@code policy.streams} says so. */
  static final class IfAsked implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      return Boolean.getBoolean("policy.streams")
          ? SkipResult.doNotSkip()
          : SkipResult.skip("runs with -Dpolicy.streams=true");
    }
  }

  @Provide
  Arbitrary<TriggerPolicy> policies() {
    return PolicySteps.policies();
  }

  @Provide
  Arbitrary<List<RuleTerms>> terms() {
    return PolicySteps.terms();
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return PolicySteps.steps();
  }

  private static final Set<String> SAID = new TreeSet<>();

  @AfterContainer
  static void everyGateWasMet() {
    List<String> words =
        Arrays.stream(Reason.values()).map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
    assertThat(SAID)
        .containsAll(words)
        .contains("admitted", "admitted, asking", "held_out", "shadow");
  }

  @Property(tries = 400, seed = "20260301")
  void thePolicyDecidesWhatItsPageSays(
      @ForAll("policies") TriggerPolicy policy,
      @ForAll("terms") List<RuleTerms> terms,
      @ForAll("steps") List<Step> steps) {
    new PolicyComparison(policy, terms).takeAll(steps, SAID);
  }

  @Property(tries = 5_000)
  @AddLifecycleHook(IfAsked.class)
  void thePolicyDecidesWhatItsPageSaysForAnySeed(
      @ForAll("policies") TriggerPolicy policy,
      @ForAll("terms") List<RuleTerms> terms,
      @ForAll("steps") List<Step> steps) {
    new PolicyComparison(policy, terms).takeAll(steps, SAID);
  }
}
