package dev.tourmaline.engine.internal.drools;

import java.util.List;
import org.kie.api.KieBase;
import org.kie.api.KieBaseConfiguration;
import org.kie.api.KieServices;
import org.kie.api.builder.ReleaseId;
import org.kie.api.conf.EventProcessingOption;
import org.kie.api.runtime.KieContainer;

/**
 * Rules as Drools runs them, and what the engine knows of each. Thread-safe. Close it when its last
 * session is disposed: only then can the classes that were generated for it be unloaded.
 */
public final class CompiledRules implements AutoCloseable {

  private final ReleaseId release;
  private final KieContainer container;
  private final KieBase kieBase;
  private final List<RuleDefinition> rules;

  CompiledRules(ReleaseId release, List<RuleDefinition> rules) {
    KieServices kie = KieServices.get();
    KieBaseConfiguration configuration = kie.newKieBaseConfiguration();
    configuration.setOption(EventProcessingOption.STREAM);
    this.release = release;
    this.rules = List.copyOf(rules);
    this.container = kie.newKieContainer(release, CompiledRules.class.getClassLoader());
    this.kieBase = container.newKieBase(configuration);
  }

  /** {@return the knowledge base, in stream mode; shared by all sessions} */
  public KieBase kieBase() {
    return kieBase;
  }

  /** {@return the rules, by their index} */
  public List<RuleDefinition> rules() {
    return rules;
  }

  /** Gives up the generated classes. */
  @Override
  public void close() {
    container.dispose();
    KieServices.get().getRepository().removeKieModule(release);
  }
}
