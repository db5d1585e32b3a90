package dev.tourmaline.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows of the design, and the places where time and threads come from. */
class ArchitectureTest {

  private static final String ENGINE = "dev.tourmaline.engine";
  private static final String INTERNAL = ENGINE + ".internal..";
  private static final String THREADS = ENGINE + ".internal.live.SystemThreads";

  private static final DescribedPredicate<JavaCall<?>> EXECUTOR_WITH_ANONYMOUS_THREADS =
      DescribedPredicate.describe(
          "executors without a thread factory",
          call ->
              call.getTargetOwner().isEquivalentTo(Executors.class)
                  && call.getName().startsWith("new")
                  && call.getTarget().getRawParameterTypes().stream()
                      .noneMatch(type -> type.isEquivalentTo(ThreadFactory.class)));

  /** Each package a slice of its own, the root included. */
  private static final SliceAssignment PACKAGES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
          return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
          return "each package";
        }
      };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ENGINE);

  @Test
  void onlyTheDroolsPackageRunsDrools() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(ENGINE + ".internal.drools..", ENGINE + ".fact..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.kie..", "org.drools.."));
  }

  @Test
  void factsKnowDroolsByItsAnnotationsAlone() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ENGINE + ".fact..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("org.drools..")
                    .or(
                        resideInAPackage("org.kie..")
                            .and(not(resideInAPackage("org.kie.api.definition.type"))))));
  }

  @Test
  void onlyTheFrontsAndTheDecoderKnowWhatIsInternal() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(INTERNAL, ENGINE)
            .and()
            .doNotHaveFullyQualifiedName(ENGINE + ".codec.EventDecoder")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(INTERNAL));
  }

  @Test
  void nothingThatAnApiPackageShowsIsInternal() {
    Stream<String> breaches =
        CLASSES.that(not(resideInAPackage(INTERNAL))).stream()
            .filter(ArchitectureTest::isVisible)
            .flatMap(
                type ->
                    shownBy(type)
                        .filter(shown -> resideInAPackage(INTERNAL).test(shown))
                        .map(shown -> type.getName() + " shows " + shown.getName()));
    assertThat(breaches).isEmpty();
  }

  private static boolean isVisible(JavaClass type) {
    return isVisible(type.getModifiers())
        && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  /** The types that a class names where others can see it, what it inherits included. */
  private static Stream<JavaClass> shownBy(JavaClass type) {
    Stream<JavaType> heads =
        Stream.of(
                type.getTypeParameters().stream(),
                type.getSuperclass().stream(),
                type.getInterfaces().stream())
            .flatMap(Function.identity());
    Class<?>[] permitted = type.reflect().getPermittedSubclasses();
    return Stream.of(
            heads.flatMap(head -> head.getAllInvolvedRawTypes().stream()),
            type.getAllRawSuperclasses().stream(),
            type.getAllRawInterfaces().stream(),
            permitted == null ? Stream.<JavaClass>empty() : Stream.of(permitted).map(CLASSES::get),
            type.getAllMembers().stream()
                .filter(member -> isVisible(member.getModifiers()))
                .flatMap(member -> member.getAllInvolvedRawTypes().stream()))
        .flatMap(Function.identity());
  }

  @Test
  void packagesFormNoCycle() {
    check(slices().assignedFrom(PACKAGES).should().beFreeOfCycles());
  }

  @Test
  void theSynchronousCoreKnowsNothingOfTheConcurrentRuntime() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                ENGINE + ".internal.core..",
                ENGINE + ".internal.policy..",
                ENGINE + ".internal.drools..",
                ENGINE + ".fact..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ENGINE + ".internal.live.."));
  }

  @Test
  void whatARuleIsKnowsNoPhaseThatMakesOrRunsIt() {
    phaseKnowsOnly("model");
  }

  @Test
  void compilingRulesKnowsNothingOfRunningThem() {
    phaseKnowsOnly("compile", "model");
  }

  @Test
  void thePrefilterReadsCompiledRulesAlone() {
    phaseKnowsOnly("prefilter", "model");
  }

  @Test
  void runningRulesNeedsNoCompiler() {
    phaseKnowsOnly("runtime", "model", "prefilter");
  }

  @Test
  void everyClassOfDroolsBelongsToOnePhase() {
    assertThat(CLASSES.that(resideInAPackage(ENGINE + ".internal.drools"))).isEmpty();
  }

  @Test
  void theEngineKnowsNoTransportAndNoLibraryBeyondItsOwn() {
    check(
        classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "java..",
                ENGINE + "..",
                "org.kie..",
                "org.drools..",
                "com.fasterxml.jackson..",
                "com.github.benmanes.caffeine..",
                "javax.crypto..",
                "org.slf4j..",
                "org.jspecify.."));
  }

  @Test
  void theEngineOpensNoConnection() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "javax.net..", "com.sun.net..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.net\\.(?!Jar).*(Socket|URLConnection).*"));
  }

  @Test
  void theMachinesClockIsReadInOnePlace() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(THREADS)
            .should()
            .callCodeUnitWhere(
                to(System.class, "currentTimeMillis", "nanoTime")
                    .or(to(Instant.class, "now"))
                    .or(to(Clock.class, "systemUTC", "systemDefaultZone", "system"))));
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ENGINE + ".TourEngineBuilder")
            .should()
            .callCodeUnitWhere(to(InstantSource.class, "system")));
  }

  @Test
  void threadsAreMadeInOnePlaceAndNeverSleep() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(THREADS)
            .should()
            .callCodeUnitWhere(to(Thread.class, "<init>").or(EXECUTOR_WITH_ANONYMOUS_THREADS))
            .orShould()
            .beAssignableTo(Thread.class));
    check(noClasses().should().callCodeUnitWhere(to(Thread.class, "sleep")));
  }

  @Test
  void nothingWritesToTheStandardStreams() {
    check(GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
        .allMatch(ArchitectureTest::isNullMarked);
  }

  @Test
  void namesAreTheFieldsOwn() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl|Service)(\\$.*)?"));
  }

  private static void phaseKnowsOnly(String phase, String... others) {
    String drools = ENGINE + ".internal.drools";
    DescribedPredicate<JavaClass> known = resideInAPackage(drools + "." + phase);
    for (String other : others) {
      known = known.or(resideInAPackage(drools + "." + other));
    }
    check(
        noClasses()
            .that()
            .resideInAPackage(drools + "." + phase)
            .should()
            .dependOnClassesThat(resideInAPackage(drools + "..").and(not(known))));
  }

  private static DescribedPredicate<JavaCall<?>> to(Class<?> owner, String... names) {
    return DescribedPredicate.describe(
        "%s of %s".formatted(List.of(names), owner.getSimpleName()),
        call ->
            call.getTargetOwner().isEquivalentTo(owner) && List.of(names).contains(call.getName()));
  }

  private static boolean isNullMarked(JavaPackage javaPackage) {
    return javaPackage.isAnnotatedWith(NullMarked.class);
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }
}
