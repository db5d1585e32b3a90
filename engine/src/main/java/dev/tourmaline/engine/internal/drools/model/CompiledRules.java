package dev.tourmaline.engine.internal.drools.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.drools.compiler.compiler.io.memory.MemoryFileSystem;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.compiler.kie.builder.impl.KieBuilderImpl;
import org.drools.compiler.kie.builder.impl.MemoryKieModule;
import org.drools.modelcompiler.CanonicalKieModule;
import org.kie.api.KieBase;
import org.kie.api.KieBaseConfiguration;
import org.kie.api.KieServices;
import org.kie.api.builder.ReleaseId;
import org.kie.api.builder.model.KieModuleModel;
import org.kie.api.conf.EventProcessingOption;
import org.kie.api.runtime.KieContainer;
import org.kie.internal.conf.IndexLeftBetaMemoryOption;
import org.kie.internal.conf.IndexRightBetaMemoryOption;

/**
 * A compiled knowledge base and the definitions of its rules. Immutable and thread-safe; the
 * classes that were generated for it are unloaded with it.
 */
public final class CompiledRules {

  private final InternalKieModule module;
  private final KieContainer container;
  private final KieBase kieBase;
  private final List<RuleDefinition> rules;

  public CompiledRules(ReleaseId release, List<RuleDefinition> rules) {
    KieServices kie = KieServices.get();
    KieBaseConfiguration configuration = kie.newKieBaseConfiguration();
    configuration.setOption(mode(rules));
    // Sessions retain few facts: hash indexes would cost heap and save no time.
    configuration.setOption(IndexLeftBetaMemoryOption.NO);
    configuration.setOption(IndexRightBetaMemoryOption.NO);
    this.rules = List.copyOf(rules);
    this.container = kie.newKieContainer(release, CompiledRules.class.getClassLoader());
    this.kieBase = container.newKieBase(configuration);
    this.module = (InternalKieModule) kie.getRepository().getKieModule(release);
    // The repository is global: what stays there is never collected.
    kie.getRepository().removeKieModule(release);
    // Half of what compiled rules would take is the syntax trees that the compiler leaves.
    module
        .getKieModuleModel()
        .getKieBaseModels()
        .keySet()
        .forEach(name -> module.cacheKnowledgeBuilderForKieBase(name, null));
  }

  /**
   * In stream mode Drools follows each fact through all rules at once, for their timers' sake;
   * where facts alone make rules true, it looks only at rules for which all facts are there.
   */
  private static EventProcessingOption mode(List<RuleDefinition> rules) {
    return rules.stream().allMatch(RuleDefinition::isTimeless)
        ? EventProcessingOption.CLOUD
        : EventProcessingOption.STREAM;
  }

  /** Loads rules that were compiled before, from their {@link #archive}. */
  public static CompiledRules load(byte[] archive, List<RuleDefinition> rules) throws IOException {
    ReleaseId release = newRelease();
    KieModuleModel model = KieServices.get().newKieModuleModel();
    KieBuilderImpl.setDefaultsforEmptyKieModule(model);
    MemoryFileSystem files = MemoryFileSystem.readFromJar(new ByteArrayInputStream(archive));
    KieServices.get()
        .getRepository()
        .addKieModule(new CanonicalKieModule(new MemoryKieModule(release, model, files)));
    return new CompiledRules(release, rules);
  }

  /** An id that no other module of this process has. */
  public static ReleaseId newRelease() {
    return KieServices.get()
        .newReleaseId("dev.tourmaline.rules", "compiled", UUID.randomUUID().toString());
  }

  /** The classes and descriptions that Drools generated, as a jar. */
  public byte[] archive() {
    return module.getBytes();
  }

  /** {@return the knowledge base; shared by all sessions} */
  public KieBase kieBase() {
    return kieBase;
  }

  /** The loader of the generated classes; the knowledge base's own knows none of them. */
  public ClassLoader classes() {
    return container.getClassLoader();
  }

  /** {@return the rules, by their index} */
  public List<RuleDefinition> rules() {
    return rules;
  }
}
