package dev.tourmaline.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What each target holds, on its seeds and on some hundred damaged ones; the search goes further.
 */
class FuzzTargetsTest {

  private static final long SEED = 20_261_121;

  @ParameterizedTest
  @EnumSource
  void holdsForItsSeeds(FuzzTarget target) {
    List<byte[]> seeds = seeds(target);
    assertThat(seeds).isNotEmpty();
    seeds.forEach(target::check);
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(120)
  void holdsForDamagedSeeds(FuzzTarget target) {
    List<byte[]> seeds = seeds(target);
    Random random = new Random(SEED);
    // Rules that compile take long.
    int inputs = target == FuzzTarget.RULES ? 60 : 300;
    for (int i = 0; i < inputs; i++) {
      byte[] input = Damage.of(seeds, random);
      try {
        target.check(input);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("input " + HexFormat.of().formatHex(input), e);
      }
    }
  }

  static List<byte[]> seeds(FuzzTarget target) {
    try (Stream<Path> files =
        Files.list(
            Path.of(
                Objects.requireNonNull(
                        FuzzTarget.class.getResource("/seeds/" + target.folder()), "no seeds")
                    .toURI()))) {
      return files.sorted().map(FuzzTargetsTest::read).toList();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
