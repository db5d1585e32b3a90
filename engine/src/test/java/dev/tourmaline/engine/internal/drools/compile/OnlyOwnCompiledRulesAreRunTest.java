package dev.tourmaline.engine.internal.drools.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tourmaline.engine.internal.drools.compile.Compilation.Compiled;
import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.rule.RuleSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class OnlyOwnCompiledRulesAreRunTest {

  private static final RuleSet OURS = rule("Ours");
  private static final RuleSet FORGED = rule("Forged");
  private static final int DIGEST = 32;

  @TempDir Path root;

  private Path cache;

  @BeforeEach
  void name() {
    cache = root.resolve("cache");
  }

  private static RuleSet rule(String name) {
    return RuleSet.of(
        "a.drl",
        "rule \"%s\" @flow(\"f\") when $a : Action( pageview ) then tours.offer($a, \"\"); end"
            .formatted(name));
  }

  @Test
  void anEntryWithASealThatAnyoneCanComputeIsNotRun() throws Exception {
    names(cache, OURS);
    Path theirs = root.resolve("theirs");
    names(theirs, FORGED);
    byte[] made = Files.readAllBytes(entries(theirs).get(0));
    byte[] content = Arrays.copyOfRange(made, DIGEST, made.length);
    Path entry = entries(cache).get(0);
    String key = entry.getFileName().toString().replace(".rules", "");

    Files.write(entry, joined(publicSeal(HexFormat.of().parseHex(key), content), content));

    assertThat(names(cache, OURS)).containsExactly("Ours");
  }

  @Test
  void anEntryOfAnotherFolderIsNotRun() throws IOException {
    names(cache, OURS);
    Path theirs = root.resolve("theirs");
    names(theirs, OURS);
    Path entry = entries(cache).get(0);
    byte[] foreign = Files.readAllBytes(entries(theirs).get(0));

    Files.write(entry, foreign);
    names(cache, OURS);

    assertThat(Files.readAllBytes(entry)).isNotEqualTo(foreign);
  }

  @Test
  void theKeyIsItsOwnersAloneAndNotInTheFolder() throws IOException {
    names(cache, OURS);
    Path key = root.resolve("cache.key");
    assertThat(Files.size(key)).isEqualTo(32);
    assertThat(mode(key)).isEqualTo("rw-------");
    assertThat(mode(cache)).isEqualTo("rwx------");
    assertThat(entries(cache)).hasSize(1).allMatch(file -> file.toString().endsWith(".rules"));
  }

  @Test
  void aKeyThatOthersCouldReadIsNotUsed() throws IOException {
    names(cache, OURS);
    Path key = root.resolve("cache.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertNothingIsKept(FORGED);

    Path elsewhere = Files.move(key, root.resolve("elsewhere"));
    Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rw-------"));
    Files.createSymbolicLink(key, elsewhere);
    assertNothingIsKept(FORGED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxr-xr-x", "rwxrwx---", "rwx-----x", "rwxrwxrwx"})
  void aFolderThatOthersMayEnterIsNotUsed(String mode) throws IOException {
    Files.createDirectory(cache);
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString(mode));
    assertNothingIsKept(OURS);
    assertThat(root.resolve("cache.key")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwxrwxr-x"})
  void aFolderThatOthersCouldExchangeIsNotUsed(String mode) throws IOException {
    Path shared = Files.createDirectory(root.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString(mode));
    cache = Files.createDirectories(shared.resolve("mine"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx------"));
    assertNothingIsKept(OURS);

    cache = shared.resolve("not/yet/made");
    assertThat(names(cache, OURS)).containsExactly("Ours");
    assertThat(cache).doesNotExist();

    Files.setAttribute(shared, "unix:mode", 01777);
    assertThat(OwnFolder.at(shared.resolve("mine")).path()).exists();
  }

  @Test
  void aLinkIsJudgedByWhereItLeads() throws IOException {
    Path shared = Files.createDirectory(root.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path theirs = Files.createDirectory(shared.resolve("theirs"));
    Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(cache, theirs);
    assertNothingIsKept(OURS);

    Path ours = Files.createDirectory(root.resolve("ours"));
    Files.setPosixFilePermissions(ours, PosixFilePermissions.fromString("rwx------"));
    Path link = Files.createSymbolicLink(root.resolve("link"), ours);
    assertThat(OwnFolder.at(link).path()).isEqualTo(ours.toRealPath());
  }

  @Test
  void aFolderOfAnotherUserIsNotUsedBeItByRoot() throws IOException {
    Path folder = OwnFolder.at(cache).path();
    Optional<Integer> other = Optional.of((Integer) Files.getAttribute(folder, "unix:uid") + 4711);
    assertThatThrownBy(() -> OwnFolder.at(folder, other))
        .isInstanceOf(OwnFolder.NotOwnException.class)
        .hasMessageContaining("%s belongs to user", folder)
        .hasMessageContaining("this program runs as user " + other.get());
  }

  @Test
  void aFolderUnderAnotherUsersHomeIsNotUsedBeItByRoot() throws IOException {
    assumeTrue(Files.getAttribute(root, "unix:uid").equals(0), "only root can give a folder away");
    Path home = Files.createDirectory(root.resolve("home"));
    cache = OwnFolder.at(home.resolve("cache")).path();
    Files.setAttribute(home, "unix:uid", 4711);
    assertThatThrownBy(() -> OwnFolder.at(cache))
        .hasMessageContaining("the folder above it, %s, belongs to user 4711", home);
    assertNothingIsKept(OURS);
  }

  private void assertNothingIsKept(RuleSet rules) throws IOException {
    List<Path> before = entries(cache);
    assertThat(names(cache, rules)).hasSize(1);
    assertThat(entries(cache)).isEqualTo(before);
  }

  private static List<String> names(Path folder, RuleSet rules) {
    Compiled compiled = (Compiled) CompileCache.in(folder).compile(rules);
    return compiled.rules().rules().stream().map(RuleDefinition::name).toList();
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static byte[] joined(byte[] first, byte[] second) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(first);
    all.write(second);
    return all.toByteArray();
  }

  private static byte[] publicSeal(byte[] key, byte[] content) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (byte[] part : List.of(key, content)) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
      digest.update(part);
    }
    return digest.digest();
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
