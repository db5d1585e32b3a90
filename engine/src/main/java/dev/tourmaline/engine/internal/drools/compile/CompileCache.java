package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.CompiledRules;
import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.rule.RuleSet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A content-addressed cache of compiled rules on disk, so that a start with known rules compiles
 * nothing. An unusable entry is compiled anew and replaced; a failing disk costs time and nothing
 * else. Thread-safe, also between processes.
 *
 * <p>An entry is code that this process runs. So the directory must be the {@linkplain OwnFolder
 * user's own}, and an entry bears a {@linkplain CacheSeal seal} under a key that is not in it. A
 * directory that is refused is said once, and rules are compiled at every start.
 */
public final class CompileCache {

  private static final Logger LOG = LoggerFactory.getLogger(CompileCache.class);
  private static final String SUFFIX = ".rules";
  private static final int KEPT = 200;
  private static final Set<String> REFUSALS = ConcurrentHashMap.newKeySet();

  private final Path directory;

  private CompileCache(Path directory) {
    this.directory = directory;
  }

  public static CompileCache in(Path directory) {
    return new CompileCache(directory);
  }

  /**
   * {@return what {@link RuleCompiler#compile} returns, without compiling if these sources have
   * been compiled before}
   */
  public Compilation compile(RuleSet rules) {
    Optional<CacheKey> key = CacheKey.of(rules);
    if (key.isEmpty()) {
      return RuleCompiler.compile(rules);
    }
    OwnFolder folder;
    CacheSeal seal;
    try {
      folder = OwnFolder.at(directory);
      seal = CacheSeal.of(folder);
    } catch (IOException e) {
      refuse(e);
      return RuleCompiler.compile(rules);
    }
    return compile(rules, key.get(), seal, folder.path());
  }

  private void refuse(IOException e) {
    String why = e instanceof OwnFolder.NotOwnException ? e.getMessage() : e.toString();
    if (REFUSALS.add(directory + ": " + why)) {
      LOG.warn(
          "compiled rules are not kept in {}, since what stands there is run: {}", directory, why);
    }
  }

  private static Compilation compile(RuleSet rules, CacheKey key, CacheSeal seal, Path folder) {
    Path entry = folder.resolve(key.name() + SUFFIX);
    Optional<Compilation.Compiled> known = load(key, seal, entry);
    if (known.isPresent()) {
      return known.get();
    }
    Compilation compilation = RuleCompiler.compile(rules);
    if (compilation instanceof Compilation.Compiled compiled) {
      store(key, seal, entry, compiled);
    }
    return compilation;
  }

  private static Optional<Compilation.Compiled> load(CacheKey key, CacheSeal sealed, Path entry) {
    try {
      byte[] file = Files.readAllBytes(entry);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
      byte[] seal = in.readNBytes(CacheSeal.LENGTH);
      byte[] content = in.readAllBytes();
      if (!MessageDigest.isEqual(seal, sealed.of(key, content))) {
        throw new IOException("damaged, of other rules, or not sealed with this folder's key");
      }
      in = new DataInputStream(new ByteArrayInputStream(content));
      List<RuleDefinition> definitions = DefinitionCodec.readRules(in);
      List<RuleProblem> warnings = DefinitionCodec.readWarnings(in);
      byte[] archive = DefinitionCodec.bytes(in);
      return Optional.of(
          new Compilation.Compiled(CompiledRules.load(archive, definitions), warnings));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.warn(
          "compiled rules in {} cannot be used and are compiled anew: {}", entry, e.toString());
      return Optional.empty();
    }
  }

  private static void store(
      CacheKey key, CacheSeal seal, Path entry, Compilation.Compiled compiled) {
    Path directory = entry.resolveSibling("");
    try {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      try (DataOutputStream out = new DataOutputStream(content)) {
        DefinitionCodec.write(out, compiled.rules().rules());
        DefinitionCodec.writeWarnings(out, compiled.warnings());
        DefinitionCodec.bytes(out, compiled.rules().archive());
      }
      Path written = Files.createTempFile(directory, key.name(), ".tmp");
      try {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(written))) {
          out.write(seal.of(key, content.toByteArray()));
          out.write(content.toByteArray());
        }
        Files.move(
            written, entry, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(written);
      }
      prune(directory);
    } catch (IOException | RuntimeException e) {
      LOG.warn("compiled rules cannot be kept in {}: {}", directory, e.toString());
    }
  }

  /** Evicts all but the newest entries; each edit of the rules leaves one behind. */
  private static void prune(Path directory) throws IOException {
    List<Path> entries;
    try (Stream<Path> files = Files.list(directory)) {
      entries = files.filter(file -> file.toString().endsWith(SUFFIX)).toList();
    }
    if (entries.size() <= KEPT) {
      return;
    }
    List<Path> newestFirst =
        entries.stream().sorted(Comparator.comparing(CompileCache::modified).reversed()).toList();
    for (Path old : newestFirst.subList(KEPT, newestFirst.size())) {
      Files.deleteIfExists(old);
    }
  }

  private static long modified(Path file) {
    return file.toFile().lastModified();
  }
}
