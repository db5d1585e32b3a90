package dev.tourmaline.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {

  @TempDir Path folder;

  private static Optional<Path> find(String... variables) {
    return CacheFolder.find(variables.length == 2 ? Map.of(variables[0], variables[1]) : Map.of());
  }

  private Running replay(Path cache) {
    Running program = new Running().with("TOURMALINE_CACHE", cache.toString());
    assertThat(program.input(new byte[0]).run("replay", "--rules", "pack:billing", "--events", "-"))
        .isZero();
    return program;
  }

  @Test
  void itIsTheOneThatIsNamedOrTheUsersOwn() {
    assertThat(find("TOURMALINE_CACHE", "/var/cache/t")).contains(Path.of("/var/cache/t"));
    assertThat(find("TOURMALINE_CACHE", "off")).isEmpty();
    assertThat(find("XDG_CACHE_HOME", "/var/cache")).contains(Path.of("/var/cache/tourmaline"));
    assertThat(find()).contains(Path.of(System.getProperty("user.home"), ".cache", "tourmaline"));
  }

  @Test
  void aFolderThatIsNotThereIsMadeForItsOwnerAlone() throws IOException {
    Path cache = folder.resolve("a/cache");

    assertThat(replay(cache).err()).doesNotContain("compiled rules are not kept");

    assertThat(Files.getPosixFilePermissions(cache))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(cache).isNotEmptyDirectory();
  }

  @Test
  void aFolderThatIsNotUsedIsSaidOnce() throws IOException {
    Path cache = Files.createDirectory(folder.resolve("cache"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxr-xr-x"));

    String said = replay(cache).err() + replay(cache).err();

    assertThat(said.lines().filter(line -> line.contains("compiled rules are not kept")))
        .singleElement()
        .asString()
        .contains("the mode of " + cache + " is 755", "chmod 700 it");
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void aPlaceThatCanBeNoFolderIsSaid() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(replay(file.resolve("cache")).err())
        .contains("compiled rules are not kept in " + file.resolve("cache"));
  }
}
