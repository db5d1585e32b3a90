package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.fact.Fact;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.rule.Tours;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.drools.base.util.Drools;
import org.drools.model.codegen.ExecutableModelProject;
import org.drools.modelcompiler.CanonicalKieModule;
import org.kie.api.KieServices;

/**
 * What compiled rules depend on: their sources, the facts and the compiler as they are in this
 * process, Drools and Java.
 */
record CacheKey(byte[] digest) {

  static final int LENGTH = 32;

  private static final int FORMAT = 1;

  /** The classes whose change makes another compilation of the same sources. */
  private static final List<Class<?>> CODE =
      List.of(
          Fact.class,
          Tours.class,
          AbsenceWindow.class,
          ConstraintExpression.class,
          DrlFile.class,
          FactPattern.class,
          InjectedText.class,
          LoadedRule.class,
          PatternSpans.class,
          Retention.class,
          RuleHeader.class,
          RuleLint.class,
          RuleLoader.class,
          RuleShape.class,
          RuleText.class,
          DefinitionCodec.class,
          KieServices.class,
          ExecutableModelProject.class,
          CanonicalKieModule.class);

  static CacheKey of(RuleSet rules) {
    MessageDigest digest = sha256();
    update(digest, FORMAT + "/" + Drools.getFullVersion() + "/" + Runtime.version().feature());
    Stream.concat(
            CODE.stream(),
            FactVocabulary.names().stream().map(name -> FactVocabulary.of(name).type()))
        .forEach(type -> update(digest, classFile(type)));
    for (RuleSet.Source source : rules.sources()) {
      update(digest, source.name());
      update(digest, source.text());
    }
    return new CacheKey(digest.digest());
  }

  String name() {
    return HexFormat.of().formatHex(digest);
  }

  /** What proves that a content belongs to this key and is whole. */
  byte[] seal(byte[] content) {
    MessageDigest seal = sha256();
    update(seal, digest);
    update(seal, content);
    return seal.digest();
  }

  private static void update(MessageDigest digest, String text) {
    update(digest, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void update(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }

  private static byte[] classFile(Class<?> type) {
    String resource = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getResourceAsStream(resource)) {
      return in == null ? new byte[0] : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the class " + type.getName(), e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
