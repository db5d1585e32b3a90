package dev.tourmaline.engine.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.internal.hash.KeyedHash;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Patterns over paths. */
class GlobTest {

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of("/", "a", "b", "ab", "//", "*", ".", "é", "\n", ":id", "?", "\\E", "(")
        .list()
        .ofMaxSize(9)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> globs() {
    return Arbitraries.of("/", "a", "b", "*", "**", "/*", "/**", "ab", ".", "é", "\\E", "(", "***")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 5000)
  void aGlobMatchesAsItsRegularExpressionDoes(
      @ForAll("globs") String glob, @ForAll("paths") String path) {
    boolean expected = glob.equals("/**") || NaiveGlob.matches(glob, path);
    Glob compiled = new Glob(glob, 1);
    assertThat(compiled.matches(path)).as("%s on %s", glob, path).isEqualTo(expected);
    PagePath page = PagePath.of(path, new KeyedHash(1, 2), true);
    assertThat(page.matches(compiled)).isEqualTo(expected);
    assertThat(page.matches(compiled)).as("memoised").isEqualTo(expected);
    assertThat(page.matches(new Glob(glob, Glob.UNNUMBERED))).isEqualTo(expected);
  }

  @Test
  void aGlobOfManyStarsIsNotSlow() {
    String path = "/" + "a".repeat(2_000);
    assertThat(new Glob("/*a*a*a*a*a*a*b", 0).matches(path)).isFalse();
    assertThat(new Glob("/**a**a**a**a**a**b", 0).matches(path)).isFalse();
  }
}
