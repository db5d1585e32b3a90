package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.hash.Sha256;
import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.rule.RuleSet;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.drools.base.util.Drools;

/**
 * The key of a cache entry, a SHA-256 over what compiled rules depend on: their sources, every
 * class of the engine, Drools and Java. The text that Drools compiles and the mode in which it runs
 * follow from these. Classes of the host that rules import are not part of it.
 */
record CacheKey(byte[] digest) {

  /** {@return the key in this process; empty where its classes cannot be listed} */
  static Optional<CacheKey> of(RuleSet rules) {
    return EngineClasses.listed().map(engine -> of(rules, engine));
  }

  /** {@return the key for an engine of these classes} */
  static CacheKey of(RuleSet rules, String engine) {
    MessageDigest digest = Sha256.digest();
    Sha256.update(digest, Drools.getFullVersion() + "/" + Runtime.version().feature());
    Sha256.update(digest, engine);
    for (RuleSet.Source source : rules.sources()) {
      Sha256.update(digest, source.name());
      Sha256.update(digest, source.text());
      Sha256.update(digest, source.fault().map(RuleProblem::toString).orElse(""));
    }
    return new CacheKey(digest.digest());
  }

  String name() {
    return HexFormat.of().formatHex(digest);
  }
}
