package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.CompiledRules;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;

/**
 * One run of Drools' compiler, under a release id of its own: compilations share no classes or
 * caches.
 *
 * @param release the id; the module exists only if there are no errors
 * @param errors what Drools did not accept
 */
record KieCompilation(ReleaseId release, List<Diagnostic> errors) {

  private static final String RESOURCES = "src/main/resources/";

  static KieCompilation run(Supplier<Map<String, String>> texts) {
    ReleaseId release = CompiledRules.newRelease();
    KieCompilation compilation = new KieCompilation(release, build(release, texts));
    if (!compilation.errors.isEmpty()) {
      compilation.discard();
    }
    return compilation;
  }

  /** Code generation throws on some input, any error; that too is a diagnostic of the rules. */
  private static List<Diagnostic> build(ReleaseId release, Supplier<Map<String, String>> texts) {
    try {
      KieServices kie = KieServices.get();
      KieFileSystem files = kie.newKieFileSystem();
      files.generateAndWritePomXML(release);
      texts.get().forEach((path, text) -> files.write(RESOURCES + path, text));
      KieBuilder builder = kie.newKieBuilder(files, KieCompilation.class.getClassLoader());
      builder.buildAll(ExecutableModelProject.class);
      return builder.getResults().getMessages(Message.Level.ERROR).stream()
          .map(Diagnostic::of)
          .toList();
    } catch (StackOverflowError | OutOfMemoryError e) {
      return List.of(new Diagnostic("", 0, Problems.explained(e)));
    } catch (RuntimeException | Error e) {
      return List.of(new Diagnostic("", 0, "Drools cannot compile this (" + e + ")"));
    }
  }

  /** Removes the module from Drools' repository, if there is one. */
  void discard() {
    KieServices.get().getRepository().removeKieModule(release);
  }

  /**
   * A message of Drools' compiler.
   *
   * @param path the rule file or the generated source that it speaks of, or empty text
   * @param line the line there, or what Drools gives instead
   * @param text what it says
   */
  record Diagnostic(String path, int line, String text) {

    private static Diagnostic of(Message message) {
      return new Diagnostic(
          message.getPath() == null ? "" : message.getPath(),
          message.getLine(),
          message.getText() == null ? "" : message.getText().strip());
    }
  }
}
