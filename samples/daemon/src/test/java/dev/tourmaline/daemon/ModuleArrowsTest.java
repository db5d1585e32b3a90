package dev.tourmaline.daemon;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tourmaline.engine.TourEngine;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The arrows between the modules: rules and adapters know the engine, the engine knows neither. */
class ModuleArrowsTest {

  private static final String ROOT = "dev.tourmaline";
  private static final String ADAPTERS = ROOT + ".adapter..";
  private static final String ENGINE = "tourmaline-engine";
  private static final String ADAPTER = "tourmaline-adapter-";
  private static final Path TOP = Path.of("..", "..").toAbsolutePath().normalize();

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void everyModuleThatTheProgramIsMadeOfIsLookedAt() {
    assertThat(CLASSES.stream().map(type -> type.getPackageName()))
        .contains(
            ROOT + ".engine",
            ROOT + ".rules",
            ROOT + ".adapter.autoplay",
            ROOT + ".adapter.http",
            ROOT + ".adapter.browser",
            ROOT + ".storefront",
            ROOT + ".daemon");
  }

  @Test
  void theEngineKnowsNobodyElse() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".engine..")
        .should()
        .dependOnClassesThat(resideInAPackage(ROOT + "..").and(resideOutside(ROOT + ".engine..")))
        .check(CLASSES);
  }

  @Test
  void rulesAndAdaptersKnowNoSampleAndRulesNoAdapter() {
    noClasses()
        .that()
        .resideInAnyPackage(ADAPTERS, ROOT + ".rules..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "..")
                .and(resideOutside(ROOT + ".engine.."))
                .and(resideOutside(ROOT + ".rules.."))
                .and(resideOutside(ADAPTERS)))
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(ADAPTERS)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".rules..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".rules..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ADAPTERS)
        .check(CLASSES);
  }

  @Test
  void noAdapterKnowsAnotherButForTheSignature() {
    slices()
        .matching(ROOT + ".adapter.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(alwaysTrue(), resideInAPackage(ROOT + ".adapter.signature.."))
        .check(CLASSES);
  }

  @Test
  void nobodyReachesIntoTheEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".engine..")
        .and()
        .resideOutsideOfPackage(ROOT + ".benchmarks..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".engine.internal..")
        .check(CLASSES);
  }

  @Test
  void theEngineNamesNoAdapterNotEvenInAString() throws Exception {
    URI place = TourEngine.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    Path code = Path.of(place);
    if (Files.isDirectory(code)) {
      assertThat(thoseThatNameAnAdapter(code)).isEmpty();
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(code)) {
        assertThat(thoseThatNameAnAdapter(jar.getPath("/"))).isEmpty();
      }
    }
  }

  @Test
  void theModulesAskMavenForNothingElse() throws Exception {
    Map<String, Set<String>> arrows = arrows();

    assertThat(arrows).containsKeys(ENGINE, "tourmaline-rules", ADAPTER + "http");
    arrows.forEach(
        (module, uses) -> {
          Set<String> others = new TreeSet<>(uses);
          if (module.equals("tourmaline-rules") || module.startsWith(ADAPTER)) {
            others.remove(ENGINE);
          }
          if (module.startsWith(ADAPTER)) {
            others.remove(ADAPTER + "contract (test)");
          }
          if (module.equals(ADAPTER + "http") || module.equals(ADAPTER + "webhook")) {
            others.remove(ADAPTER + "signature");
          }
          if (module.equals("tourmaline-release-checks")) {
            others.removeIf(use -> use.endsWith(" (test)"));
          }
          if (!module.startsWith("tourmaline-sample-")) {
            assertThat(others).as("what %s uses", module).isEmpty();
          }
        });
  }

  private static List<String> thoseThatNameAnAdapter(Path code) throws IOException {
    List<String> named = new ArrayList<>();
    try (Stream<Path> files = Files.walk(code)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String constants = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (constants.contains(ROOT + ".adapter") || constants.contains("dev/tourmaline/adapter")) {
          named.add(file.toString());
        }
      }
    }
    return named;
  }

  /** What each module's own pom asks of the other modules. */
  private static Map<String, Set<String>> arrows() throws Exception {
    Map<String, Set<String>> arrows = new TreeMap<>();
    List<Path> poms = new ArrayList<>(List.of(TOP.resolve("engine"), TOP.resolve("rules")));
    for (String folder : List.of("adapters", "samples")) {
      try (Stream<Path> modules = Files.list(TOP.resolve(folder))) {
        modules.forEach(poms::add);
      }
    }
    for (Path module : poms) {
      Path pom = module.resolve("pom.xml");
      if (Files.exists(pom)) {
        read(pom, arrows);
      }
    }
    return arrows;
  }

  private static void read(Path pom, Map<String, Set<String>> arrows) throws Exception {
    try (InputStream in = Files.newInputStream(pom)) {
      Element project =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
      Set<String> uses = new TreeSet<>();
      for (Element all : children(project, "dependencies")) {
        for (Element dependency : children(all, "dependency")) {
          if (text(dependency, "groupId").equals(ROOT)) {
            String scope = text(dependency, "scope");
            uses.add(text(dependency, "artifactId") + (scope.isEmpty() ? "" : " (" + scope + ")"));
          }
        }
      }
      arrows.put(text(project, "artifactId"), uses);
    }
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  private static String text(Element parent, String name) {
    return children(parent, name).stream()
        .findFirst()
        .map(element -> element.getTextContent().strip())
        .orElse("");
  }

  private static DescribedPredicate<JavaClass> resideOutside(String packages) {
    return DescribedPredicate.not(resideInAPackage(packages));
  }
}
