package dev.tourmaline.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.daemon.logging.LogFormat;
import dev.tourmaline.daemon.logging.Logs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheFolderTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

  @BeforeEach
  void log() {
    Logs.quiet(LogFormat.TEXT, logged);
  }

  private static Optional<Path> find(Path named) {
    return CacheFolder.find(Map.of("TOURMALINE_CACHE", named.toString()));
  }

  private String logged() {
    return logged.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aFolderThatIsNotThereIsMadeForItsOwnerAlone() throws IOException {
    Path cache = folder.resolve("a/cache");

    assertThat(find(cache)).contains(cache);
    assertThat(Files.getPosixFilePermissions(cache))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(find(cache)).contains(cache);
    assertThat(logged()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxr-xr-x", "rwxrwx---", "rwx-----x"})
  void aFolderThatOthersMayEnterIsNotUsedAndThatIsSaid(String mode) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));

    assertThat(find(folder)).isEmpty();
    assertThat(logged().lines())
        .singleElement()
        .asString()
        .contains(
            "compiled rules are not kept: the mode of " + folder + " is " + mode, "chmod 700 it");
  }

  @Test
  void aReplaySaysOnceThatItsCacheIsNotUsed() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Running program = new Running().with("TOURMALINE_CACHE", folder.toString());

    assertThat(program.input(new byte[0]).run("replay", "--rules", "pack:billing", "--events", "-"))
        .isZero();
    assertThat(program.err().lines().filter(line -> line.contains("chmod 700 it"))).hasSize(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aPlaceThatCanBeNoFolderIsSaid() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(find(file.resolve("cache"))).isEmpty();
    assertThat(logged()).contains("compiled rules are not kept: " + file.resolve("cache"));
  }

  @Test
  void noFolderIsWantedWhereItIsOff() {
    assertThat(CacheFolder.find(Map.of("TOURMALINE_CACHE", "off"))).isEmpty();
    assertThat(logged()).isEmpty();
  }
}
