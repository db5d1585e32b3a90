package dev.tourmaline.engine.internal.drools;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;

/**
 * One run of Drools' compiler, under a release id of its own, so that compilations never share
 * classes or caches.
 *
 * @param release the id; the module exists only if there are no errors
 * @param errors what Drools did not accept
 */
record KieCompilation(ReleaseId release, List<Message> errors) {

  private static final String RESOURCES = "src/main/resources/";

  static KieCompilation run(Map<String, String> texts) {
    KieServices kie = KieServices.get();
    ReleaseId release = newRelease();
    KieFileSystem files = kie.newKieFileSystem();
    files.generateAndWritePomXML(release);
    texts.forEach((path, text) -> files.write(RESOURCES + path, text));
    KieBuilder builder = kie.newKieBuilder(files, KieCompilation.class.getClassLoader());
    builder.buildAll(ExecutableModelProject.class);
    List<Message> errors = builder.getResults().getMessages(Message.Level.ERROR);
    if (!errors.isEmpty()) {
      kie.getRepository().removeKieModule(release);
    }
    return new KieCompilation(release, errors);
  }

  /** Forgets the module, if there is one. */
  void discard() {
    KieServices.get().getRepository().removeKieModule(release);
  }

  static ReleaseId newRelease() {
    return KieServices.get()
        .newReleaseId("dev.tourmaline.rules", "compiled", UUID.randomUUID().toString());
  }
}
