package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.internal.drools.compile.Compilation;
import dev.tourmaline.engine.internal.drools.compile.CompileCache;
import dev.tourmaline.engine.internal.drools.compile.RuleCompiler;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.rule.InvalidRulesException;
import dev.tourmaline.engine.rule.RuleSet;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From rule texts to programs. */
public final class Programs {

  private static final Logger LOG = LoggerFactory.getLogger(Programs.class);

  private Programs() {}

  /**
   * {@return the rules, compiled; warnings are logged}
   *
   * @param rules the rules
   * @param cache where compiled rules are kept, if anywhere
   * @throws InvalidRulesException with every problem of every file
   */
  public static RuleProgram compile(RuleSet rules, Optional<Path> cache) {
    Compilation compilation =
        cache
            .map(directory -> CompileCache.in(directory).compile(rules))
            .orElseGet(() -> RuleCompiler.compile(rules));
    if (compilation instanceof Compilation.Refused refused) {
      throw new InvalidRulesException(refused.problems());
    }
    Compilation.Compiled compiled = (Compilation.Compiled) compilation;
    compiled.warnings().forEach(warning -> LOG.warn("{}", warning));
    return new RuleProgram(compiled.rules());
  }
}
